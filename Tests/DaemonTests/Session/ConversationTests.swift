import Model
import Signal
import Store
import Testing
import WhatsApp

@testable import Daemon

@Suite struct ConversationTests {
    private func isAccepted(_ outcome: ReceptionOutcome) -> Bool { if case .accepted = outcome { true } else { false } }

    @Test func aMessageBecomesRowsAndAnEventOnBothSides() throws {
        let both = try TwoSessions()
        let bundle = try both.bundleOfBob()
        let used = try #require(bundle.preKey?.id)
        let stanza = try both.send("Grüße 🌍", id: "3EB0AA", bundle: bundle)
        #expect(stanza.child("device-identity")?.bytes == [1, 2, 3])
        #expect(stanza.jid("to") == JID(user: "2002", server: .lid))
        let (outcome, events) = try both.receive(both.delivered(stanza))
        #expect(isAccepted(outcome))
        #expect(events.map(\.name) == [.messageReceived])
        #expect(events.first?.body.contains("\"from\":\"96890000001@s.whatsapp.net\",\"from_name\":\"Alice\"") == true)
        let log = try both.bobsLog()
        #expect(log.count == 1)
        #expect(log.first?.1 == "Grüße 🌍")
        #expect(try both.database.signal.preKey(id: used, session: both.bobID) == nil)
        #expect(try both.database.contacts.lid(forPhoneNumber: "96890000001", session: both.bobID) == "1001")
    }

    @Test func aRepeatedStanzaIsAcceptedAgainAndDoesNothing() throws {
        let both = try TwoSessions()
        let node = try both.delivered(both.send("once", id: "3EB0AB", bundle: both.bundleOfBob()))
        _ = try both.receive(node)
        let (outcome, events) = try both.receive(node)
        #expect(isAccepted(outcome))
        #expect(events.isEmpty)
        #expect(try both.bobsLog().count == 1)
    }

    @Test func whatIsSentAgainIsTheSameBytes() throws {
        let both = try TwoSessions()
        let stanza = try both.send("kept", id: "3EB0AC", bundle: both.bundleOfBob())
        _ = try both.database.outbox.claimDue(session: both.aliceID, now: both.now, limit: 10)
        let kept = try #require(try both.database.outbox.unacked(session: both.aliceID).first?.stanza)
        #expect(try BinaryXML.decode(kept) == stanza)
        #expect(BinaryXML.encode(stanza) == kept)
    }

    @Test func anUnreadableMessageGetsARowAndIsFilledLater() throws {
        let both = try TwoSessions()
        let first = try both.send("first", id: "3EB0AD", bundle: both.bundleOfBob())
        // A message of a session that Bob never saw.
        var broken = try both.delivered(first)
        broken.content = .nodes([Node("enc", ["v": "2", "type": "msg"], bytes: [0x33] + [UInt8](repeating: 9, count: 60))])
        let (outcome, events) = try both.receive(broken)
        guard case .unreadable(_, let count, let keys) = outcome else {
            Issue.record("not asked for again: \(outcome)")
            return
        }
        #expect(count == 1)
        #expect(keys == nil)
        #expect(events.isEmpty)
        #expect(try both.bobsLog().first?.2 == MessageTable.undecryptable)
        let (_, later) = try both.receive(both.delivered(first))
        #expect(later.map(\.name) == [.messageReceived])
        let log = try both.bobsLog()
        #expect(log.count == 1)
        #expect(log.first?.1 == "first")
        #expect(log.first?.2 == nil)
    }

    @Test func theSecondRequestCarriesOurKeysAndTheSixthIsNotMade() throws {
        let both = try TwoSessions()
        var node = try both.delivered(both.send("x", id: "3EB0AE", bundle: both.bundleOfBob()))
        func broken(_ count: Int) -> Node {
            node.content = .nodes([Node("enc", ["v": "2", "type": "msg", "count": .text(String(count))], bytes: [0x33, 1, 2, 3])])
            return node
        }
        guard case .unreadable(_, 2, let keys?) = try both.receive(broken(1)).outcome else {
            Issue.record("no keys at the second request")
            return
        }
        #expect(keys.deviceIdentity == [1, 2, 3])
        #expect(try both.database.signal.preKey(id: keys.preKey.id, session: both.bobID) != nil)
        guard case .acknowledged = try both.receive(broken(5)).outcome else {
            Issue.record("asked for ever")
            return
        }
    }

    @Test func withoutAnySessionNothingIsKept() throws {
        let both = try TwoSessions()
        #expect(throws: SendFailure.self) { try both.send("nobody", id: "3EB0AF", bundle: nil) }
        #expect(try both.database.outbox.unacked(session: both.aliceID).isEmpty)
    }

    @Test func theOwnPhonesMessagesAreRowsOfTheChat() throws {
        let both = try TwoSessions()
        // Bob's phone (device 0) writes to Carol and sends a copy to Bob's linked device: Alice's keys stand in for the phone's.
        let plain = try MessagePlaintexts.text(
            "from my phone", destination: JID(user: "3003", server: .lid), secret: [UInt8](repeating: 1, count: 32))
        let device = JID(user: "2002", server: .lid, device: 3)
        let enc = try both.database.transaction { () throws -> Ciphertext in
            var store = DatabaseSignalStore(database: both.database, session: both.aliceID, account: both.alice)
            var random = SystemRandomNumberGenerator()
            try SessionCipher.startSession(with: both.bundleOfBob(), address: SignalAddress(device), in: &store, using: &random)
            return try SessionCipher.encrypt(MessagePadding.pad(plain.forOwnDevices, using: &random), to: SignalAddress(device), in: &store)
        }
        let node = Node(
            "message",
            [
                "id": "PHONE1", "from": .jid(JID(user: "2002", server: .lid)), "recipient": .jid(JID(user: "3003", server: .lid)),
                "peer_recipient_pn": .jid(JID(user: "96890000003", server: .phoneNumber)), "t": "1790000000",
            ], [Node("enc", ["v": "2", "type": .text(enc.type.rawValue)], bytes: enc.bytes)])
        let (outcome, events) = try both.receive(node)
        #expect(isAccepted(outcome))
        #expect(events.first?.body.contains("\"to\":\"96890000003@s.whatsapp.net\"") == true)
        let row = try #require(try both.database.messages.find("PHONE1", session: both.bobID))
        #expect(row.source == .phone)
        #expect(row.direction == .outbound)
        #expect(row.status == .sent)
    }

    @Test func garbageNeverTraps() throws {
        let both = try TwoSessions()
        var node = try both.delivered(both.send("x", id: "3EB0B0", bundle: both.bundleOfBob()))
        for length in 0..<40 {
            for type in ["msg", "pkmsg", "skmsg", "msmsg"] {
                node.content = .nodes([
                    Node("enc", ["v": "2", "type": .text(type)], bytes: (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37) })
                ])
                _ = try both.receive(node)
            }
        }
        #expect(try both.bobsLog().count == 1)
    }
}
