import Model
import WhatsApp

/// Where a message to a person went.
struct Addressees: Sendable {
    let messageID: String
    /// The chat.
    let contactID: Int64
    /// Bare.
    let to: JID
    let phoneNumber: JID?
    /// All that got a copy.
    let devices: [JID]

    /// - Parameter stanza: as it was written. nil for groups, whose hash stands for their members.
    init?(_ stanza: Node, messageID: String, contactID: Int64) {
        guard let to = stanza.jid("to"), to.isPerson, let participants = stanza.child("participants") else { return nil }
        self.messageID = messageID
        self.contactID = contactID
        self.to = to.bare
        phoneNumber = stanza.jid("peer_recipient_pn")
        devices = participants.children("to").compactMap { $0.jid("jid") }
    }

    /// What the service's hash is where it knows the same devices. The sending device belongs to it.
    func hash(own: OwnAddresses) -> String {
        ParticipantHash.make(devices + [to.isLID ? own.lid ?? own.phoneNumber : own.phoneNumber])
    }
}
