import Model
import Signal
import Store
import Testing
import WhatsApp

@testable import Daemon

@Suite struct GroupKeepingTests {
    private let both: TwoSessions
    private let group = JID(user: "120363000000000001", server: .group)

    init() throws { both = try TwoSessions() }

    private var row: GroupRow? { get throws { try both.database.groups.load(group, session: both.aliceID) } }

    private func participant(_ user: String) -> Node { Node("participant", ["jid": .jid(JID(user: user, server: .lid))]) }

    private func tell(_ children: [Node]) throws {
        let node = Node("notification", ["type": "w:gp2", "from": .jid(group), "participant": "2002@lid", "notify": "Bob"], children)
        let keeping = GroupKeeping(
            database: both.database, session: both.aliceID, own: try #require(both.alice.own), now: both.now)
        try both.database.transaction { try keeping.apply(try #require(GroupNotification(node))) }
    }

    private func create() throws {
        try tell([
            Node(
                "create", [:],
                [
                    Node(
                        "group", ["id": .text(group.user), "subject": "Friends", "addressing_mode": "lid", "p_v_id": "1"],
                        [participant("1001"), participant("2002"), participant("3003")])
                ])
        ])
        try both.database.signal.saveSenderKey([1], group: group.description, sender: "1001_1.3", session: both.aliceID)
        try both.database.signal.saveSenderKey([2], group: group.description, sender: "3003_1.0", session: both.aliceID)
        try both.database.signal.giveKey(to: ["3003_1.0"], messageID: "A", group: group.description, session: both.aliceID)
    }

    private func key(_ sender: String) throws -> [UInt8]? {
        try both.database.signal.senderKey(group: group.description, sender: sender, session: both.aliceID)
    }

    @Test func whoGoesTakesOurKeyAlong() throws {
        try create()
        #expect(try both.database.contacts.find(ContactAddress(group), session: both.aliceID)?.name == "Friends")
        try tell([Node("remove", ["prev_v_id": "1", "v_id": "2"], [participant("3003")])])
        #expect(try row?.members.map(\.jid.user) == ["1001", "2002"])
        #expect(try row?.participantVersion == "2" && row?.isStale == false)
        #expect(try key("1001_1.3") == nil && key("3003_1.0") == nil)
        #expect(try both.database.signal.devicesGivenKey(group: group.description, session: both.aliceID).isEmpty)
    }

    @Test func whoComesDoesNot() throws {
        try create()
        try tell([Node("add", ["prev_v_id": "1", "v_id": "2"], [participant("4004")])])
        #expect(try row?.members.count == 4)
        #expect(try key("1001_1.3") == [1])
    }

    @Test func aMissedChangeIsNoticed() throws {
        try create()
        try tell([Node("promote", ["prev_v_id": "7", "v_id": "8"], [participant("3003")])])
        #expect(try row?.isStale == true)
        #expect(try row?.members.first { $0.jid.user == "3003" }?.role == .admin)
    }

    @Test func leavingForgetsTheGroup() throws {
        try create()
        try tell([Node("remove", [:], [participant("1001")])])
        #expect(try row == nil)
        #expect(try key("1001_1.3") == nil)
        // News of a group that is not known do no harm.
        try tell([Node("remove", ["prev_v_id": "3", "v_id": "4"], [participant("2002")]), Node("subject", ["subject": "Others"])])
        #expect(try row == nil)
        #expect(try both.database.contacts.find(ContactAddress(group), session: both.aliceID)?.name == "Others")
    }

    @Test func settings() throws {
        try create()
        try tell([Node("ephemeral", ["expiration": "86400"]), Node("announcement", ["v_id": "5"])])
        #expect(try row?.expirationSeconds == 86_400 && row?.isAnnouncement == true && row?.participantVersion == "1")
        try tell([Node("modify")])
        #expect(try row?.isStale == true)
        try tell([Node("delete")])
        #expect(try row == nil)
    }
}
