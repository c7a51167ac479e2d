import WhatsApp

/// A file that was looked into, as the message that will show it.
struct ReadyFile: Sendable {
    /// Below `media.dir/outgoing`: the given file, or a converted one.
    let name: String
    let message: MediaMessage
}
