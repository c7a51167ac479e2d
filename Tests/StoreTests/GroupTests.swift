import Model
import Store
import TestDatabase
import Testing

@Suite struct GroupTests {
    private let group = JID(user: "120363000000000001", server: .group)
    private func lid(_ user: String) -> JID { JID(user: user, server: .lid) }
    private func member(_ user: String, _ number: String? = nil, _ role: GroupRole = .member) -> GroupMember {
        GroupMember(jid: lid(user), alternative: number.map { JID(user: $0, server: .phoneNumber) }, role: role)
    }

    @Test func aGroupIsKeptAndReplaced() throws {
        let test = try TestSession()
        let groups = test.database.groups
        #expect(try groups.load(group, session: test.id) == nil)
        var row = GroupRow(
            jid: group, addressing: .lid, participantVersion: "1", expirationSeconds: 60,
            members: [member("1", "9681", .superadmin), member("2"), member("3", "9683")])
        #expect(try groups.save(row, at: test.now, session: test.id).isEmpty)
        #expect(try groups.load(group, session: test.id)?.members == row.members)
        // 1 is addressed by number now; 2 is gone.
        row.addressing = .phoneNumber
        row.members = [GroupMember(jid: JID(user: "9681", server: .phoneNumber)), member("3", "9683"), member("4")]
        try groups.markStale(group, session: test.id)
        #expect(try groups.save(row, at: test.now, session: test.id) == [member("2")])
        let loaded = try #require(try groups.load(group, session: test.id))
        #expect(loaded.addressing == .phoneNumber && !loaded.isStale && loaded.revision == 1)
        #expect(try groups.groups(of: [JID(user: "9683", server: .phoneNumber)], session: test.id) == [group])
    }

    @Test func changesRaiseTheRevision() throws {
        let test = try TestSession()
        let groups = test.database.groups
        try groups.put([member("9")], into: group, session: test.id)
        #expect(try groups.load(group, session: test.id) == nil, "members of a group that is not known are not kept")
        try groups.save(GroupRow(jid: group, addressing: .lid, members: [member("1")]), at: test.now, session: test.id)
        try groups.put([member("2", "9682", .admin)], into: group, session: test.id)
        try groups.put([member("2")], into: group, session: test.id)
        #expect(try groups.load(group, session: test.id)?.members == [member("1"), member("2", "9682", .member)])
        try groups.remove([GroupMember(jid: JID(user: "9682", server: .phoneNumber))], from: group, session: test.id)
        #expect(try groups.load(group, session: test.id)?.members == [member("1")])
        #expect(try groups.currentRevision(of: group, session: test.id) == 3)
        try groups.markStale(nil, session: test.id)
        #expect(try groups.currentRevision(of: group, session: test.id) == nil)
        try groups.delete(group, session: test.id)
        #expect(try groups.all(session: test.id).isEmpty)
    }

    @Test func aKeyCountsAsGivenOnlyAfterTheAck() throws {
        let test = try TestSession()
        let signal = test.database.signal
        let name = group.description
        try signal.giveKey(to: ["1_1.0", "2_1.0"], messageID: "A", group: name, session: test.id)
        #expect(try signal.devicesGivenKey(group: name, session: test.id) == ["1_1.0": false, "2_1.0": false])
        // The second message gives it again to one of them; then the first one's ack speaks for the other alone.
        try signal.giveKey(to: ["2_1.0"], messageID: "B", group: name, session: test.id)
        try signal.confirmKeys(of: "A", group: name, session: test.id)
        #expect(try signal.devicesGivenKey(group: name, session: test.id) == ["1_1.0": true, "2_1.0": false])
        try signal.confirmKeys(of: "B", group: name, session: test.id)
        try signal.forgetKeys(ofUser: "1_1", session: test.id)
        #expect(try signal.devicesGivenKey(group: name, session: test.id) == ["1_1.0": false, "2_1.0": true])
        try signal.forgetKey(of: "2_1.0", group: name, session: test.id)
        // An ack that comes late marks nobody again.
        try signal.confirmKeys(of: "B", group: name, session: test.id)
        #expect(try signal.devicesGivenKey(group: name, session: test.id) == ["1_1.0": false, "2_1.0": false])
        try signal.dropOwnKey(group: name, sender: "9_1.3", session: test.id)
        #expect(try signal.devicesGivenKey(group: name, session: test.id).isEmpty)
    }

    @Test func senderKeysMoveToTheLID() throws {
        let test = try TestSession()
        let signal = test.database.signal
        try signal.saveSenderKey([1], group: "a@g.us", sender: "9681.0", session: test.id)
        try signal.saveSenderKey([2], group: "a@g.us", sender: "9681.7", session: test.id)
        try signal.saveSenderKey([3], group: "a@g.us", sender: "1_1.7", session: test.id)
        try signal.moveSessions(fromUser: "9681", toUser: "1_1", session: test.id)
        #expect(try signal.senderKey(group: "a@g.us", sender: "1_1.0", session: test.id) == [1])
        #expect(try signal.senderKey(group: "a@g.us", sender: "1_1.7", session: test.id) == [3], "what the LID has stays")
        #expect(try signal.senderKey(group: "a@g.us", sender: "9681.0", session: test.id) == nil)
        try signal.deleteSenderKeys(group: "a@g.us", ofUser: "1_1", session: test.id)
        #expect(try signal.senderKey(group: "a@g.us", sender: "1_1.0", session: test.id) == nil)
    }

    @Test func aMessageIsReadWhenAllHaveReadIt() throws {
        let test = try TestSession()
        let messages = test.database.messages
        try test.database.groups.save(
            GroupRow(jid: group, addressing: .lid, members: [member("1"), member("2"), member("3")]), at: test.now, session: test.id)
        let contact = try test.database.contacts.resolve(ContactAddress(group), session: test.id)
        let row = try messages.insertOutbound(
            NewMessage(
                sessionID: test.id, ownJID: nil, contactID: contact, messageID: "A", source: .api, type: .text, content: "x", at: test.now),
            status: .sent
        ).id
        try messages.expectReceipts(from: ["1", "2", "3"].map(lid), messageRow: row)
        func note(_ status: MessageStatus, _ user: String) throws -> [MessageStatus] {
            try messages.advanceStatus(
                ["A"], to: status, by: [lid(user)], in: group, contact: contact, at: test.now, session: test.id
            ).map(\.status)
        }
        #expect(try note(.read, "1") == [])
        #expect(try note(.delivered, "2") == [])
        #expect(try note(.read, "stranger") == [])
        #expect(try note(.delivered, "3") == [.delivered])
        #expect(try note(.read, "2") == [])
        #expect(try note(.delivered, "2") == [], "nothing goes back")
        // Who has left is not waited for.
        try test.database.groups.remove([member("3")], from: group, session: test.id)
        #expect(try note(.read, "2") == [.read])
        #expect(try messages.expectedReceipts(messageRow: row) == Set(["1", "2", "3"].map(lid)))
    }
}
