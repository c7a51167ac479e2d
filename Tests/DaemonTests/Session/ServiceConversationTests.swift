import Model
import Signal
import Store
import Testing
import WhatsApp

@testable import Daemon

/// Texts both ways over services that say as little as they may.
struct ServiceConversationTests {
    /// A service that knows nobody's LID, echoes no number, tells no key indexes, and has no one-time keys.
    private static func terse(_ peer: ScriptedPeer) -> ScriptedService.Script {
        { node in
            let result: Attributes = ["type": "result", "id": node.attributes["id"] ?? ""]
            if let query = node.child("usync") {
                let asksDevices = query.child("query")?.child("devices") != nil
                let users = (query.child("list")?.children ?? []).map { user in
                    let jid = user.jid("jid") ?? ScriptedPeer.number
                    let list = Node("device-list", [:], [Node("device", ["id": "0"])])
                    return Node("user", ["jid": .text(jid.description)], asksDevices ? [Node("devices", [:], [list])] : [Node("contact")])
                }
                return [Node("iq", result, [Node("usync", [:], [Node("list", [:], users)])])]
            }
            if let asked = node.child("key") {
                let found = asked.children("user").map { user in
                    user.jid("jid") == ScriptedPeer.number
                        ? peer.keys(of: ScriptedPeer.number)
                        : Node("user", ["jid": user.attributes["jid"] ?? ""], [Node("error", ["code": "406", "text": "not-acceptable"])])
                }
                return [Node("iq", result, [Node("list", [:], found)])]
            }
            guard node.tag == "message" else { return nil }
            // The receipt is faster than the ack, which knows of more devices.
            return [
                Node("receipt", ["id": node.attributes["id"] ?? "", "from": .text(ScriptedPeer.number.description)]),
                Node("ack", ["class": "message", "id": node.attributes["id"] ?? "", "phash": "2:other"]),
            ]
        }
    }

    private func write(_ text: String, id: String, in session: ScriptedSession) async throws {
        let database = try session.database()
        let message = OutgoingMessage(to: ScriptedPeer.number, .text(text))
        guard
            case .stored = try database.outbox.enqueue(
                NewOutboxRow(
                    sessionID: 1, ownJID: ScriptedSession.number, to: message.recipient, messageID: id, kind: "text",
                    payload: CanonicalJSON.text(message.payload), type: .text, content: text), now: SystemClock.now())
        else { throw StoreError.duplicate }
        await session.session.outboxRang()
    }

    @Test func textsBothWaysWithoutLIDs() async throws {
        var peer = ScriptedPeer()
        let service = try ScriptedService(welcome: { _ in [Node("success")] }, script: Self.terse(peer))
        let session = try ScriptedSession(service)
        #expect(try await session.connected())
        try await write("one", id: "3EB0000000000000000001", in: session)
        let stanza = try #require(await service.next("message"))
        #expect(stanza.jid("to") == ScriptedPeer.number)
        let part = try #require(stanza.child("participants")?.children("to").first { $0.jid("jid") == ScriptedPeer.number }?.child("enc"))
        #expect(part.string("type") == "pkmsg")
        guard case .shown(.text, "one") = try peer.read(part, from: ScriptedSession.number).kind else {
            Issue.record("another text arrived")
            return
        }
        // Delivered, though the ack came after the receipt; told once each.
        #expect(try await session.wait { try $0.messages.find("3EB0000000000000000001", session: 1)?.status == .delivered })

        let enc = try peer.write("two", to: ScriptedSession.number)
        let incoming = Node("message", ["id": "IN1", "from": .text(ScriptedPeer.number.description), "type": "text"], [enc])
        service.send(incoming)
        service.send(incoming)
        let receipts = await service.untilPong().filter { $0.tag == "receipt" }
        #expect(receipts.compactMap { $0.string("id") } == ["IN1", "IN1"])
        #expect(receipts.allSatisfy { $0.string("type") == "inactive" && $0.jid("to") == ScriptedPeer.number })
        let row = try #require(try session.database().messages.find("IN1", session: 1))
        #expect(row.content == "two")
        #expect(abs(row.createdAt.milliseconds - SystemClock.now().milliseconds) < 60_000)
        let events = try session.database().deliveries.list(limit: 20).map(\.event)
        #expect(events.filter { $0 == "message.received" }.count == 1)
        #expect(events.filter { $0 == "message.sent" }.count == 1)
        try await session.stop()
    }

    /// By number nothing can be asked, and acks are of another class or of none.
    @Test(arguments: ["empty", "error"], ["", "receipt"])
    func aTextNeedsNeitherTheNumbersQueryNorTheAcksClass(_ answer: String, _ ackClass: String) async throws {
        let peer = ScriptedPeer()
        let terse = Self.terse(peer)
        let service = try ScriptedService(welcome: { _ in [Node("success")] }) { node in
            let id = node.attributes["id"] ?? ""
            if let query = node.child("usync"), query.child("query")?.child("contact") != nil {
                return answer == "empty"
                    ? [Node("iq", ["type": "result", "id": id], [Node("usync", [:], [Node("list", [:], [])])])]
                    : [Node("iq", ["type": "error", "id": id], [Node("error", ["code": "501", "text": "feature-not-implemented"])])]
            }
            guard node.tag == "message" else { return terse(node) }
            return [Node("ack", ackClass.isEmpty ? ["id": id] : ["id": id, "class": .text(ackClass), "type": "text"])]
        }
        let session = try ScriptedSession(service)
        #expect(try await session.connected())
        try await write("one", id: "3EB0000000000000000001", in: session)
        #expect(try await session.wait { try $0.messages.find("3EB0000000000000000001", session: 1)?.status == .sent })
        try await session.stop()
    }

    @Test func aMessageEncryptedInAnUnknownWayLeavesATrace() async throws {
        let service = try ScriptedService(welcome: { _ in [Node("success")] })
        let session = try ScriptedSession(service)
        #expect(try await session.connected())
        service.send(
            Node("message", ["id": "NEW", "from": "96890000002@s.whatsapp.net", "t": "99999999999999"], [
                Node("enc", ["v": "9", "type": "msg"], bytes: [1, 2, 3])
            ]))
        let said = await service.untilPong()
        #expect(said.map(\.tag).filter { $0 == "ack" || $0 == "receipt" } == ["ack"])
        #expect(try session.database().messages.find("NEW", session: 1)?.type == .other)
        try await session.stop()
    }

    @Test func whatWasAskedForTooOftenIsOnlyAcknowledged() async throws {
        let service = try ScriptedService(welcome: { _ in [Node("success", ["lid": "1001@lid"])] })
        let session = try ScriptedSession(service)
        #expect(try await session.connected())
        service.send(
            Node("message", ["id": "PEER", "from": .jid(JID(user: "1001", server: .lid)), "category": "peer", "t": "1790000000"], [
                Node("enc", ["v": "2", "type": "msg", "count": "18446744073709551615"], bytes: [0x33, 1])
            ]))
        let said = await service.untilPong()
        #expect(said.map(\.tag).filter { $0 == "ack" || $0 == "receipt" } == ["ack"])
        try await session.stop()
    }
}
