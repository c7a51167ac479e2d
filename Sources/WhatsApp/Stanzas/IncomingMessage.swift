package import Model

/// The envelope of a message that arrived (`<message>`): who, where, when, and the still encrypted parts.
///
/// Source: protocol notes on messages, section 7; whatsmeow `message.go` for the meaning of the address attributes.
package struct IncomingMessage: Sendable {
    package let id: String
    /// As it stands on the stanza; acks and receipts go there.
    package let from: JID
    package let participant: JID?
    package let recipient: JID?
    /// The conversation: a person (bare), a group, a broadcast, a channel.
    package let chat: JID
    /// The device that wrote.
    package let sender: JID
    /// The other name (LID or phone number) of the sender, bare, where the stanza tells.
    package let senderAlternative: JID?
    /// The other name of the chat for what an own device wrote.
    package let chatAlternative: JID?
    /// Written by another device of the own account.
    package let isFromMe: Bool
    package let timestamp: Timestamp
    package let pushName: String?
    package let category: String?
    /// Was waiting in the service's queue while this device was offline.
    package let isOffline: Bool
    package let parts: [EncryptedPart]
    /// The unencrypted content of a channel's post.
    package let plaintext: [UInt8]?
    /// Names the sender keys of what was written to many: the group or list; else the chat.
    package let keyScope: JID
    /// Set where the service sent a placeholder without content, with the reason ("view_once", …).
    package let unavailable: String?

    package var isGroup: Bool { chat.isGroup }
    /// Between the devices of the own account, never shown to people.
    package var isPeer: Bool { category == "peer" }

    /// Throws where an answer to the message would be impossible, or its origin unclear.
    /// - Parameter now: stands in for a time that is missing, or that no calendar has.
    package init(_ node: Node, own: OwnAddresses, now: Timestamp) throws(StanzaError) {
        guard let id = node.string("id"), MessageID.isUsable(id) else { throw .missing("id") }
        guard let from = node.jid("from"), !from.user.isEmpty else { throw .missing("from") }
        self.id = id
        self.from = from
        timestamp = node.moment("t") ?? now
        participant = node.jid("participant")
        recipient = node.jid("recipient")
        pushName = node.string("notify").flatMap { $0.isEmpty || $0 == "-" ? nil : $0 }
        category = node.string("category")
        isOffline = node.string("offline") != nil
        parts = node.children("enc").compactMap(EncryptedPart.init)
        plaintext = from.server == .newsletter ? node.child("plaintext")?.bytes : nil
        unavailable = node.child("unavailable").map { $0.string("type") ?? "" }
        let origin = try Origin(node, from: from, own: own)
        chat = origin.chat
        sender = origin.sender
        senderAlternative = origin.senderAlternative
        chatAlternative = origin.chatAlternative
        isFromMe = origin.isFromMe
        keyScope = from.server == .broadcast ? from.bare : origin.chat
    }
}

extension IncomingMessage {
    /// A message as the phone has it, in the place of the one that could not be read.
    package init(_ copy: ResentMessage) {
        id = copy.id
        from = copy.chat
        participant = copy.chat.isGroup ? copy.sender : nil
        recipient = nil
        chat = copy.chat
        sender = copy.sender
        senderAlternative = nil
        chatAlternative = nil
        isFromMe = false
        timestamp = copy.timestamp
        pushName = copy.pushName
        category = nil
        isOffline = false
        parts = []
        plaintext = nil
        keyScope = copy.chat
        unavailable = nil
    }

    /// Only the phone has the content, and hands it out when it is asked; what may be opened once, or was written by a bot, it keeps to itself.
    package var isLeftToPhone: Bool {
        guard let unavailable else { return false }
        return !["view_once", "bot", "hosted"].contains { unavailable.hasPrefix($0) }
    }

    /// Who wrote, and into which conversation; the same attributes stand on messages and receipts.
    struct Origin {
        var chat: JID
        var sender: JID
        var senderAlternative: JID?
        var chatAlternative: JID?
        var isFromMe: Bool

        init(_ node: Node, from: JID, own: OwnAddresses) throws(StanzaError) {
            switch from.server {
            case .group, .broadcast:
                guard let participant = node.jid("participant"), !participant.user.isEmpty else { throw .missing("participant") }
                sender = participant.unhosted
                chat = from
                senderAlternative = node.otherName(of: participant, number: "participant_pn", lid: "participant_lid")
                isFromMe = own.includes(participant)
                // What somebody wrote to a list of people belongs into the chat with them.
                if from.server == .broadcast, from != .status, !isFromMe { chat = sender.bare }
            case .newsletter:
                sender = from
                chat = from
                isFromMe = false
            default:
                sender = from.unhosted
                isFromMe = own.includes(from)
                if isFromMe {
                    let recipient = node.jid("recipient").flatMap { $0.user.isEmpty ? nil : $0.bare } ?? from.unhosted.bare
                    chat = recipient
                    chatAlternative = node.otherName(of: recipient, number: "peer_recipient_pn", lid: "peer_recipient_lid")
                } else {
                    chat = sender.bare
                    senderAlternative = node.otherName(of: from, number: "sender_pn", lid: "sender_lid")
                }
            }
        }
    }
}

extension Node {
    /// The other name of a person, bare: a number for a LID, a LID for a number. Anything else there would make two contacts one.
    fileprivate func otherName(of jid: JID, number: String, lid: String) -> JID? {
        guard let other = self.jid(jid.isLID ? number : lid)?.unhosted.bare, !other.user.isEmpty else { return nil }
        return other.server == (jid.isLID ? .phoneNumber : .lid) ? other : nil
    }
}

extension JID {
    /// Devices that a business has hosted elsewhere belong to the same user.
    var unhosted: JID {
        switch server {
        case .hosted: JID(user: user, server: .phoneNumber, device: device)
        case .hostedLID: JID(user: user, server: .lid, device: device)
        default: self
        }
    }
}
