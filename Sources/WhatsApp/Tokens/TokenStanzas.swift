package import Model

/// Giving somebody a token.
package enum TokenGift {
    private static let type = "trusted_contact"
    /// WhatsApp's own announcements come from here.
    private static let announcements = "0"

    /// Nobody but people is given one. Whether it is the own account is for the caller to know.
    package static func isFor(_ jid: JID) -> Bool { jid.isPerson && jid.user != announcements && !jid.user.isEmpty }

    package static func query(to lid: JID, at seconds: Int64) -> Query {
        let token = Node("token", ["jid": .jid(lid.bare), "t": .text(String(seconds)), "type": .text(type)])
        return Query("privacy", .set, [Node("tokens", [:], [token])])
    }

    /// Tokens that somebody has given us, oldest first.
    static func read(_ notification: Node) -> [TokenNews.Token] {
        let tokens = notification.child("tokens")?.children("token") ?? []
        return tokens.compactMap { token in
            guard token.string("type") == type, let bytes = token.bytes, !bytes.isEmpty, let moment = token.moment("t") else { return nil }
            return TokenNews.Token(bytes: bytes, seconds: moment.seconds)
        }
    }
}

/// Somebody has given us tokens.
package struct TokenNews: Equatable, Sendable {
    package struct Token: Equatable, Sendable {
        package let bytes: [UInt8]
        package let seconds: Int64
    }

    /// As the stanza names them, bare.
    package let sender: JID
    /// Their LID, where the stanza tells.
    package let lid: JID?
    package let tokens: [Token]

    init?(_ notification: Node) {
        guard let from = notification.jid("from")?.bare, from.isPerson, !from.user.isEmpty else { return nil }
        sender = from
        let named = notification.jid("sender_lid")?.bare
        lid = from.isLID ? from : named.flatMap { $0.server == .lid && !$0.user.isEmpty ? $0 : nil }
        tokens = TokenGift.read(notification)
    }
}
