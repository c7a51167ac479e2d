import Model

/// A message that has been written to the service and awaits its ack.
struct InFlightMessage: Sendable {
    let outboxID: Int64
    let messageRowID: Int64
    let attempts: Int
    /// The chat's address in the stanza.
    let to: JID?
    /// Our hash over a group's devices.
    let participantHash: String?
    /// The recipient may have to be given a token.
    let owesToken: Bool
    /// Of the steady clock.
    let writtenAt: Int64

    var group: JID? { to.flatMap { $0.isGroup ? $0 : nil } }
    var person: JID? { to.flatMap { $0.isPerson ? $0.bare : nil } }
}
