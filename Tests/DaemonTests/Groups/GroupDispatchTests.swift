import Model
import Signal
import Store
import Testing
import WhatsApp

@testable import Daemon

/// Alice writes to a group of hers and Bob's; both ends are the real code with rows of their own.
@Suite struct GroupDispatchTests {
    private let both: TwoSessions
    private let group = JID(user: "120363000000000001", server: .group)
    private let bobs = GroupTarget.Device(
        wire: JID(user: "2002", server: .lid, device: 3), canonical: JID(user: "2002", server: .lid, device: 3))
    private let me = GroupTarget.Device(
        wire: JID(user: "1001", server: .lid, device: 3), canonical: JID(user: "1001", server: .lid, device: 3))
    private let members = [GroupMember(jid: JID(user: "1001", server: .lid)), GroupMember(jid: JID(user: "2002", server: .lid))]

    init() throws {
        both = try TwoSessions()
        try both.database.groups.save(GroupRow(jid: group, addressing: .lid, members: members), at: both.now, session: both.aliceID)
    }

    private func target(_ devices: [GroupTarget.Device]) throws -> GroupTarget {
        let keys = try GroupTarget.KeyState(
            group: group, sender: SenderKeyName(group: group.description, sender: me.address),
            devices: Set(devices.filter { $0 != me }.map(\.address.description)),
            in: DatabaseSignalStore(database: both.database, session: both.aliceID, account: both.alice))
        return GroupTarget(
            group: try #require(try both.database.groups.load(group, session: both.aliceID)), devices: devices, own: me, keys: keys)
    }

    private func dispatch(_ text: String, id: String, to target: GroupTarget, bundle: PreKeyBundle? = nil) throws -> Node {
        let message = OutgoingMessage(to: group, .text(text))
        guard
            case .stored(let row) = try both.database.outbox.enqueue(
                NewOutboxRow(
                    sessionID: both.aliceID, ownJID: both.alice.own?.phoneNumber, to: group, messageID: id, kind: "text",
                    payload: CanonicalJSON.text(message.payload), type: .text, content: text), now: both.now)
        else { throw StoreError.duplicate }
        let dispatch = GroupDispatch(
            message: message, messageID: id, messageRowID: try #require(row.messageRowID), outboxID: row.id, target: target,
            bundles: bundle.map { [bobs.canonical: $0] } ?? [:], account: both.alice, own: try #require(both.alice.own), session: both.aliceID,
            contactID: try #require(row.contactID), now: row.createdAt)
        return try both.database.transaction { try dispatch.run(in: both.database).node }
    }

    private func send(_ text: String, id: String, bundle: PreKeyBundle? = nil) throws -> Node {
        try dispatch(text, id: id, to: target([bobs, me]), bundle: bundle)
    }

    /// The stanza as the service would pass it on to Bob's device.
    private func delivered(_ stanza: Node) -> Node {
        let key = stanza.child("participants")?.children("to").first { $0.jid("jid") == bobs.wire }
        return Node(
            "message",
            [
                "id": stanza.attributes["id"] ?? "", "from": .jid(group), "participant": .jid(me.wire), "t": "1790000000",
                "participant_pn": .jid(JID(user: "96890000001", server: .phoneNumber)), "notify": "Alice", "addressing_mode": "lid",
            ], stanza.children("enc") + (key?.children ?? []))
    }

    private func keys(_ stanza: Node) -> Int { stanza.child("participants")?.children.count ?? 0 }

    @Test func theKeyGoesToThoseWhoLackIt() throws {
        let first = try send("one", id: "A", bundle: both.bundleOfBob())
        #expect(keys(first) == 1)
        #expect(first.string("phash") == ParticipantHash.make([bobs.wire, me.wire]))
        let (_, events) = try both.receive(delivered(first))
        let body = events.first?.body ?? ""
        #expect(body.contains(#""from":"120363000000000001@g.us","from_name":"Alice""#) && body.contains(#""is_group":true"#))
        #expect(body.contains(#""participant_phone":"96890000001""#))
        // Not acknowledged yet: it goes along again.
        let second = try send("two", id: "B")
        #expect(keys(second) == 1)
        #expect(try both.receive(delivered(second)).events.count == 1)
        try both.database.signal.confirmKeys(of: "B", group: group.description, session: both.aliceID)
        let third = try send("three", id: "C")
        #expect(keys(third) == 0)
        #expect(try both.receive(delivered(third)).events.count == 1)
        #expect(try both.receive(delivered(third)).events.isEmpty)
        #expect(try both.bobsLog().map(\.1) == ["one", "two", "three"])
    }

    /// Bob's device is on nobody's list any more: he can not read on, though nobody told that he left.
    @Test func whoIsNoMemberAnyMoreCannotReadOn() throws {
        _ = try both.receive(delivered(send("with Bob", id: "A", bundle: both.bundleOfBob())))
        try both.database.signal.confirmKeys(of: "A", group: group.description, session: both.aliceID)
        let without = try dispatch("without Bob", id: "B", to: target([me]))
        guard case .unreadable(let reason, 1, _) = try both.receive(delivered(without)).outcome else {
            return #expect(Bool(false), "Bob has read it")
        }
        #expect(reason == .noSession)
        #expect(try both.bobsLog().contains { $0.1 == "without Bob" } == false)
        // When he comes back he gets the key as it stands then.
        let again = try send("again", id: "C")
        #expect(keys(again) == 1)
        #expect(try both.receive(delivered(again)).events.count == 1)
        #expect(try both.receive(delivered(without)).events.isEmpty)
        #expect(try both.bobsLog().contains { $0.1 == "without Bob" } == false)
    }

    @Test func nothingLeavesForAPictureThatChanged() throws {
        let stale = try target([bobs, me])
        try both.database.groups.changed(group, session: both.aliceID)
        #expect(throws: GroupChanged.self) { try dispatch("x", id: "A", to: stale, bundle: both.bundleOfBob()) }
        let fresh = try target([bobs, me])
        try both.database.signal.giveKey(to: ["77_1.0"], messageID: "Z", group: group.description, session: both.aliceID)
        _ = try dispatch("y", id: "B", to: fresh, bundle: both.bundleOfBob())
        #expect(try both.database.signal.devicesGivenKey(group: group.description, session: both.aliceID) == ["2002_1.3": false])
        try both.database.groups.markStale(group, session: both.aliceID)
        #expect(throws: GroupChanged.self) { try send("z", id: "C") }
    }

    @Test func nobodyWhoCanReadIsAFailure() throws {
        let thrown = #expect(throws: SendFailure.self) { try send("x", id: "A") }
        #expect(thrown?.row.code == "no_devices")
        #expect(try both.database.signal.senderKey(group: group.description, sender: "1001_1.3", session: both.aliceID) == nil)
    }
}
