import Model
import Signal
import Store
import Testing
import WhatsApp

@testable import Daemon

/// A message that the database can not take would come again for ever and end the connection each time.
@Suite struct HostileReceptionTests {
    private static let group = JID(user: "120363", server: .group)

    private static let values: [AttributeValue] = [
        "", "0", "-1", "253402300799", "253402300800", "9223372036854776", "18446744073709551615", "\u{0}", "\u{1F600}", "a b",
        .text(String(repeating: "9", count: 128)), .text(String(repeating: "9", count: 5_000)), .jid(.service), .jid(.status),
        .jid(JID(user: String(repeating: "9", count: 20), server: .phoneNumber, device: .max)),
        .jid(JID(user: String(repeating: "9", count: 21), server: .phoneNumber)),
        .jid(JID(user: String(repeating: "9", count: 64), server: .lid)),
        .jid(JID(user: String(repeating: "9", count: 300), server: .lid)), .jid(JID(user: "\u{1F600}", server: .group)),
        .jid(JID(user: String(repeating: "9", count: 120), server: .group)), .jid(JID(user: "", server: .lid)),
        .jid(JID(user: "1", server: .interop, integrator: 9)), .jid(JID(user: "x", server: JID.Server(rawValue: "\u{0}"))),
    ]

    private static let stanzas: [Node] = [
        Node(
            "message",
            [
                "id": "A1", "t": "1790000000", "from": .jid(JID(user: "1001", server: .lid, device: 3)), "notify": "A",
                "sender_pn": "96890000009@s.whatsapp.net",
            ],
            [Node("enc", ["v": "2", "type": "msg", "count": "0"], bytes: [0x33, 1, 2])]),
        Node(
            "message",
            [
                "id": "A2", "t": "1790000000", "from": .jid(group), "participant": .jid(JID(user: "1001", server: .lid, device: 3)),
                "notify": "A",
            ],
            [Node("enc", ["v": "2", "type": "skmsg"], bytes: [0x33])]),
        Node(
            "message",
            [
                "id": "A3", "t": "1790000000", "from": .jid(JID(user: "96890000002", server: .phoneNumber)),
                "recipient": "96890000007@s.whatsapp.net",
            ],
            [Node("unavailable", ["type": "view_once"])]),
    ]

    @Test func everyVariantIsStoredOrRefused() throws {
        let sessions = try TwoSessions()
        var outcomes = 0
        for stanza in Self.stanzas {
            for (key, _) in stanza.attributes.elements {
                for value in Self.values {
                    var node = stanza
                    node.attributes[key] = value
                    do {
                        _ = try sessions.receive(node)
                        outcomes += 1
                    } catch is StanzaError {
                        continue
                    } catch {
                        Issue.record("\(key)=\(value.string.prefix(40)) in \(stanza.string("id") ?? ""): \(error)")
                    }
                }
            }
        }
        #expect(outcomes > 50)
    }
}
