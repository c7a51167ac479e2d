import Model
import Testing

@testable import WhatsApp

private struct TokenVectors: Decodable {
    struct Salted: Decodable { let nct_salt: HexText, recipient_lid: String, cstoken: HexText }
    let cstoken: Salted
}

@Suite struct TokenTests {
    private let lid = JID(user: "77", server: .lid)

    @Test func saltedTokens() throws {
        let vector = try readVectors("messages.json", as: TokenVectors.self).cstoken
        let receiver = try #require(JID(parsing: vector.recipient_lid))
        let token = PrivacyToken.salted(for: receiver.withDevice(4), salt: vector.nct_salt.bytes)
        #expect(token.node == Node("cstoken", bytes: vector.cstoken.bytes) && "\(token)" == "<32 bytes>")
    }

    @Test func tokensAge() {
        let week: Int64 = 604_800
        let now = 100 * week + 5
        #expect(TokenAge.isGood(madeAt: now, now: now) && TokenAge.isGood(madeAt: 97 * week, now: now))
        #expect(!TokenAge.isGood(madeAt: 97 * week - 1, now: now))
        #expect(TokenAge.isDue(givenAt: nil, now: now) && TokenAge.isDue(givenAt: 100 * week - 1, now: now))
        #expect(!TokenAge.isDue(givenAt: 100 * week, now: now))
    }

    @Test func givingAndGetting() throws {
        let gift = TokenGift.query(to: lid.withDevice(3), at: 5).node(id: "1")
        #expect(gift.string("xmlns") == "privacy" && gift.child("tokens")?.child("token")?.jid("jid") == lid)
        #expect(!TokenGift.isFor(JID(user: "0", server: .phoneNumber)) && !TokenGift.isFor(JID(user: "1", server: .group)))
        let token = Node("token", ["type": "trusted_contact", "t": "9"], bytes: [1, 2])
        let strange = [
            Node("token", ["type": "other", "t": "9"], bytes: [1]), Node("token", ["type": "trusted_contact", "t": "x"], bytes: [1]),
            Node("token", ["type": "trusted_contact", "t": "9"]),
        ]
        let node = Node(
            "notification",
            ["type": "privacy_token", "from": .jid(JID(user: "968", server: .phoneNumber)), "sender_lid": .jid(lid)],
            [Node("tokens", [:], [token] + strange)])
        guard case .privacyToken(let news) = ServiceNotification(node, own: nil) else {
            Issue.record("not understood")
            return
        }
        #expect(news.lid == lid && news.tokens == [TokenNews.Token(bytes: [1, 2], seconds: 9)])
        #expect(ServiceNotification(Node("notification", ["type": "privacy_token"]), own: nil) == .other(type: "privacy_token"))
    }
}
