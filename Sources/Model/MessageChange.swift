/// Something that is done to a message that was sent before; it travels as a message of its own.
package enum MessageChange: Sendable, Equatable {
    /// An emoji on it; empty takes our reaction back.
    case reaction(String)
    /// Our own text, put in other words.
    case edit(String)
    /// Taken back for everybody.
    case deletion
}
