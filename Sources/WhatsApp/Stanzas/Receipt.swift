package import Model

/// What became of messages (`<receipt>`): delivered, read, or unreadable. Every one wants an ack, after the commit of its effect.
///
/// Source: protocol notes on messages, section 8.
package struct Receipt: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case delivered, read, played
        /// Reached a device that nobody looks at; phones do not show that as delivered.
        case inactive
        /// A device could not read our message and asks for it again.
        case retry
        /// By another device of the own account.
        case sender, readSelf, playedSelf, peer, historySync
        case serverError
        case unknown(String)

        init(_ text: String?) {
            self =
                switch text {
                case nil, "", "delivery": .delivered
                case "read": .read
                case "played": .played
                case "inactive": .inactive
                case "retry": .retry
                case "sender": .sender
                case "read-self": .readSelf
                case "played-self": .playedSelf
                case "peer_msg": .peer
                case "hist_sync": .historySync
                case "server-error": .serverError
                case .some(let other): .unknown(other)
                }
        }
    }

    package let kind: Kind
    package let ids: [String]
    package let chat: JID
    /// The other name (LID or phone number) of a person's chat, where the stanza tells.
    package let chatAlternative: JID?
    /// The device, or in groups the member, that the receipt speaks for; nil in the aggregated form for groups.
    package let sender: JID?
    package let isFromMe: Bool
    package let timestamp: Timestamp?
    /// One member of a group has got one message; from the aggregated form for groups.
    package struct MemberReceipt: Equatable, Sendable {
        package let id: String
        package let member: JID
        package let timestamp: Timestamp?
    }

    /// Empty but in the aggregated form for groups.
    package let members: [MemberReceipt]

    /// Ids of one receipt; more are ignored (the service sends at most 256).
    private static let maximumIDs = 1_024

    package init(_ node: Node, own: OwnAddresses) throws(StanzaError) {
        guard let from = node.jid("from") else { throw .missing("from") }
        guard let id = node.string("id"), !id.isEmpty else { throw .missing("id") }
        kind = Kind(node.string("type"))
        timestamp = node.moment("t")
        if from.isGroup || from.server == .broadcast, node.jid("participant") == nil {
            chat = from
            chatAlternative = nil
            sender = nil
            isFromMe = false
            let keys = node.children("participants").compactMap { $0.string("key") }
            ids = Array((keys.isEmpty ? [id] : keys).prefix(Self.maximumIDs))
            members = node.children("participants").prefix(Self.maximumIDs).flatMap { Self.members(of: $0, id: id) }
            return
        }
        members = []
        let origin = try IncomingMessage.Origin(node, from: from, own: own)
        chat = origin.chat
        chatAlternative = origin.isFromMe ? origin.chatAlternative : origin.senderAlternative
        sender = origin.sender
        isFromMe = origin.isFromMe
        let more = node.child("list")?.children("item").compactMap { $0.string("id") } ?? []
        ids = Array(([id] + more).prefix(Self.maximumIDs))
    }

    private static func members(of node: Node, id: String) -> [MemberReceipt] {
        node.children("user").compactMap { user in
            user.jid("jid").map {
                MemberReceipt(id: node.string("key") ?? id, member: $0.bare, timestamp: user.moment("t"))
            }
        }
    }

    /// The status that messages of ours reach by it; nil where it says nothing about people having got them.
    package var status: MessageStatus? {
        guard !isFromMe else { return nil }
        return switch kind {
        case .delivered: .delivered
        case .read, .played: .read
        default: nil
        }
    }
}
