import Model

/// A message that has been written to the service and awaits its ack.
struct InFlightMessage: Sendable {
    let outboxID: Int64
    let messageRowID: Int64
    let attempts: Int
    /// The group that it goes to, and our hash over its devices; nil for people.
    var group: JID?
    var participantHash: String?
}
