import Model
import Signal
import Testing
import WhatsApp

private let group = JID(user: "120363000000000001", server: .group)
private let ana = JID(user: "1001", server: .lid)
private let anasNumber = JID(user: "96890000001", server: .phoneNumber)
private let own = OwnAddresses(
    phoneNumber: JID(user: "96890000009", server: .phoneNumber, device: 3), lid: JID(user: "9009", server: .lid, device: 3))

@Suite struct GroupStanzaTests {
    private func participant(_ attributes: Attributes) -> Node { Node("participant", attributes) }

    private func described(_ attributes: Attributes = [:], _ children: [Node] = []) -> Node {
        var all: Attributes = ["id": .text(group.user), "subject": "Friends", "p_v_id": "17"]
        for (name, value) in attributes.elements { all[name] = value }
        return Node(
            "group", all, [participant(["jid": .jid(ana), "phone_number": .jid(anasNumber), "type": "superadmin"])] + children)
    }

    @Test func metadata() throws {
        let answer = Node(
            "iq", ["type": "result"],
            [described(["addressing_mode": "lid"], [Node("announcement"), Node("ephemeral", ["expiration": "86400"]), Node("unheard-of")])])
        let read = try GroupQuery.readMetadata(answer)
        #expect(read.jid == group && read.subject == "Friends" && read.participantVersion == "17")
        #expect(read.addressing == .lid && read.isAnnouncement && read.expirationSeconds == 86_400)
        #expect(read.members == [GroupMember(jid: ana, alternative: anasNumber, role: .superadmin)])
    }

    /// Addresses may come as text; members that are no people are left out; an address of the same kind is no other name.
    @Test func oddMembers() throws {
        let odd = [
            participant(["jid": "1002@lid", "phone_number": "1003@lid"]), participant(["jid": .jid(group)]), participant([:]),
            participant(["jid": .jid(ana), "type": "emperor"]),
        ]
        let read = try GroupQuery.readMetadata(Node("iq", ["type": "result"], [described([:], odd)]))
        #expect(read.addressing == .lid, "the members show it")
        #expect(read.members.map(\.jid.user) == ["1001", "1002", "1001"])
        #expect(read.members[1].alternative == nil && read.members[2].role == .member)
    }

    @Test(arguments: [nil, "", "with blank", "1@g.us@g.us"] as [String?])
    func aGroupWithoutUsableID(_ id: String?) {
        var node = described()
        node.attributes["id"] = id.map { .text($0) }
        #expect(throws: StanzaError.self) { try GroupQuery.readMetadata(Node("iq", ["type": "result"], [node])) }
    }

    @Test func errorsAndListsOfGroups() throws {
        let refused = Node("iq", ["type": "error"], [Node("error", ["code": "403", "text": "forbidden"])])
        #expect(throws: StanzaError.refused(code: 403, text: "forbidden", backoff: nil)) { try GroupQuery.readMetadata(refused) }
        let list = Node("iq", ["type": "result"], [Node("groups", [:], [described(), Node("group"), Node("other")])])
        #expect(try GroupQuery.readParticipating(list).map(\.jid) == [group])
    }

    @Test func changesOfMembers() throws {
        let node = Node(
            "notification",
            ["type": "w:gp2", "from": .jid(group), "participant": .jid(ana), "participant_pn": .jid(anasNumber), "notify": "Ana", "id": "1"],
            [Node("remove", ["prev_v_id": "17", "v_id": "18"], [participant(["jid": "1002@lid"])])])
        guard case .group(let news) = ServiceNotification(node, own: own) else { return #expect(Bool(false), "no group news") }
        #expect(news.group == group && news.actor == ana && news.actorAlternative == anasNumber && news.actorName == "Ana")
        #expect(news.previousVersion == "17" && news.version == "18")
        #expect(news.changes == [.removed([GroupMember(jid: JID(user: "1002", server: .lid))])])
    }

    @Test func otherChanges() throws {
        let children = [
            Node("subject", ["subject": "New", "s_t": "1"]), Node("announcement", ["v_id": "5"]), Node("not_announcement"),
            Node("ephemeral", ["expiration": "99999999999999"]), Node("not_ephemeral"), Node("delete"), Node("modify"), Node("create"),
            Node("growth_locked"), Node("subject"),
        ]
        let news = try #require(GroupNotification(Node("notification", ["from": .jid(group)], children)))
        #expect(
            news.changes == [
                .subject("New"), .announcement(true), .announcement(false), .expiration(0), .expiration(0), .deleted, .modified, .modified,
                .other("growth_locked"), .other("subject"),
            ])
        #expect(news.version == nil, "the version of a setting is not that of the members")
        #expect(GroupNotification(Node("notification", ["from": .jid(ana)], children)) == nil)
    }

    @Test func receiptsOfSeveralMembers() throws {
        let node = Node(
            "receipt", ["from": .jid(group), "id": "A", "type": "read", "t": "9"],
            [
                Node(
                    "participants", ["key": "B"],
                    [Node("user", ["jid": .jid(ana), "t": "7"]), Node("user", ["jid": "1002:4@lid"]), Node("user")])
            ])
        let receipt = try Receipt(node, own: own)
        #expect(receipt.status == .read && receipt.sender == nil)
        #expect(receipt.members.map(\.id) == ["B", "B"])
        #expect(receipt.members.map(\.member.description) == ["1001@lid", "1002@lid"])
        #expect(receipt.members.map(\.timestamp) == [Timestamp(seconds: 7), nil])
    }

    @Test func aMessageOfOurs() {
        let devices = [ana, ana.withDevice(2), JID(user: "9009", server: .lid, device: 3)]
        let stanza = GroupMessageStanza(
            id: "3EB0", group: group, addressing: .lid, kind: .text,
            keys: [.init(device: ana.withDevice(2), ciphertext: Ciphertext(type: .preKeyMessage, bytes: [1]))],
            message: Ciphertext(type: .senderKey, bytes: [2]), devices: devices, account: [3]
        ).node
        #expect(stanza.string("addressing_mode") == "lid" && stanza.string("phash") == ParticipantHash.make(devices.reversed()))
        #expect(stanza.child("participants")?.children.map { $0.jid("jid") } == [ana.withDevice(2)])
        #expect(stanza.child("device-identity")?.bytes == [3])
        #expect(stanza.children("enc").map { $0.string("type") } == ["skmsg"])
    }
}
