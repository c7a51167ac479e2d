import Model
import Signal
import Store
import Testing
import WhatsApp

@testable import Daemon

/// A member of a group could not read a message of ours.
@Suite struct GroupRetryTests {
    private let both: TwoSessions
    private let group = JID(user: "120363000000000001", server: .group)
    private let alices = JID(user: "1001", server: .lid, device: 3)
    private let bobs = JID(user: "2002", server: .lid, device: 3)
    private let kept: [UInt8]

    init() throws {
        both = try TwoSessions()
        kept = try GroupPlaintexts.content(.text("to all of you"), secret: [UInt8](repeating: 7, count: 32))
        let chat = try both.database.contacts.resolve(ContactAddress(group), session: both.aliceID)
        let row = try both.database.messages.insertOutbound(
            NewMessage(
                sessionID: both.aliceID, ownJID: both.alice.own?.phoneNumber, contactID: chat, messageID: "3EB0G1", source: .api,
                type: .text,
                content: "to all of you", at: both.now), status: .sent)
        try both.database.messages.saveRetryCopy(kept, secret: nil, messageID: "3EB0G1", id: row.id, session: both.aliceID)
        try both.database.messages.expectReceipts(from: [bobs.bare], messageRow: row.id)
        _ = try both.database.groups.save(
            GroupRow(jid: group, addressing: .lid, members: [GroupMember(jid: alices), GroupMember(jid: bobs)]), at: both.now,
            session: both.aliceID)
    }

    private func request(from device: JID) -> Node {
        Node(
            "receipt", ["id": "3EB0G1", "from": .jid(group), "participant": .jid(device), "type": "retry"],
            [Node("retry", ["id": "3EB0G1", "count": "1", "t": "1790000000", "v": "1"]), Node("registration", bytes: [0, 0, 0, 77])])
    }

    private func subject(_ receipt: Node) throws -> RetrySubject? {
        let own = try #require(both.alice.own)
        return try RetrySubject(
            RetryRequest(receipt, own: own), account: both.alice, own: own, in: both.database, session: both.aliceID)
    }

    @Test func aMemberGetsTheMessageTogetherWithTheKey() throws {
        let receipt = request(from: bobs)
        let subject = try #require(try subject(receipt))
        #expect(subject.device == bobs)
        let resend = Resend(
            messageID: "3EB0G1", kept: subject.message, content: .member(of: group), device: bobs,
            destination: ResentMessageStanza.destination(answering: receipt), timestamp: "1790000000", count: 1, forgetsSession: false,
            bundle: try both.bundleOfBob(), isFetched: true, account: both.alice, own: try #require(both.alice.own), session: both.aliceID,
            now: both.now)
        let copy = try both.database.transaction { try resend.run(in: both.database) }
        #expect(copy.jid("to") == group)
        #expect(copy.jid("participant") == bobs)
        #expect(copy.string("device_fanout") == nil)
        #expect(copy.child("enc")?.string("type") == "pkmsg")

        let (_, events) = try both.receive(
            Node(
                "message", ["id": "3EB0G1", "from": .jid(group), "participant": .jid(alices), "t": "1790000000", "notify": "Alice"],
                copy.children))
        #expect(events.map(\.name) == [.messageReceived])
        #expect(try both.bobsLog().map(\.1) == ["to all of you"])
        let name = group.description
        #expect(try both.database.signal.senderKey(group: name, sender: SignalAddress(alices).description, session: both.bobID) != nil)
        let given = try both.database.signal.devicesGivenKey(group: name, session: both.aliceID)
        #expect(given == [SignalAddress(bobs).description: false], "known to hold the key, and sure to get it again")
    }

    @Test func whoIsNoMemberGetsNothing() throws {
        #expect(try subject(request(from: JID(user: "3003", server: .lid, device: 0))) == nil)
        let later = JID(user: "4004", server: .lid)
        try both.database.groups.put([GroupMember(jid: later)], into: group, session: both.aliceID)
        #expect(try subject(request(from: later)) == nil, "came after the message")
        try both.database.groups.remove([GroupMember(jid: bobs)], from: group, session: both.aliceID)
        #expect(try subject(request(from: bobs)) == nil)
    }
}
