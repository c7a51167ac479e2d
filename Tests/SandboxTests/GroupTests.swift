import CryptoPrimitives
import FoundationEssentials
import Model
import Signal
import SwiftProtobuf
import Testing
import WAProto
import WhatsApp

@testable import Sandbox

@Suite("Groups of the service")
struct GroupTests {
    let network: Network
    let client: TestClient
    private let own = "96890000001"
    private let ana = "96890000002"
    private let ben = "96890000003"

    init() throws {
        network = try Network()
        for number in [own, ana, ben] { try network.addPhone(number, "Name of \(number)") }
        client = TestClient(network)
        try client.pair(with: own)
        try client.settle()
    }

    private func create() throws -> Group {
        let group = try network.change { world, now in try world.createGroup("Friends", by: ana, members: [ben, own], now: now) }
        try client.settle()
        return group
    }

    private func ask(_ type: String, _ to: JID, _ child: Node) throws -> Node {
        let id = "q\(network.journal.count)"
        try client.send(Node("iq", ["id": .text(id), "to": .jid(to), "type": .text(type), "xmlns": "w:g2"], [child]))
        return try client.take("iq") { $0.string("id") == id }
    }

    private func screen(_ number: String, _ group: Group) -> [String?] {
        network.world[number]?.messages.filter { $0.chat == group.jid.description }.map(\.text) ?? []
    }

    // MARK: The client's part, written by hand

    fileprivate struct Draft {
        var attributes: Attributes
        var keys: [Node]
        var enc: Node
    }

    /// A message to the group as a client makes it, with the sender key for these devices.
    private func draft(_ text: String, _ group: Group, keyFor devices: [DeviceAddress]) throws -> Draft {
        let service = network.world.service
        let key = try client.senderKey(for: group.jid)
        try client.startSessions(with: devices.map(service.lidJID))
        let keys = try devices.map { Node("to", ["jid": .jid(service.jid($0, in: group))], [try client.encrypt(key, to: service.lidJID($0))]) }
        return Draft(
            attributes: [
                "id": .text("3EB0\(text)"), "to": .jid(group.jid), "type": "text", "addressing_mode": .text(group.addressing),
                "phash": .text(Sandbox.ParticipantHash.of(service.devices(of: group).map { service.jid($0, in: group) })),
            ], keys: keys, enc: try client.encrypt(text, forAllOf: group.jid))
    }

    private func send(_ draft: Draft) throws -> Node {
        try client.sendMessage(
            Node(
                "message", draft.attributes,
                [Node("participants", [:], draft.keys), Node("device-identity", bytes: client.account), draft.enc]))
    }

    private var everybody: [DeviceAddress] { [.phone(own), .phone(ana), .phone(ben)] }

    // MARK: Messages

    @Test func aMessageReachesAllMembersAndTheirReceiptsComeBack() throws {
        let group = try create()
        let ack = try send(draft("Hello", group, keyFor: everybody))
        #expect(ack.string("error") == nil && ack.string("phash") == nil)
        for number in [own, ana, ben] { #expect(screen(number, group) == ["Hello"]) }
        let receipts = client.inbox.filter { $0.tag == "receipt" }
        #expect(Set(receipts.compactMap { $0.jid("participant")?.user }).count == 2, "of two phones; the own one sends none")
        try client.settle()
        network.advance(seconds: 60)
        #expect(network.refused == [] && network.missingAcks == [])
    }

    @Test func phonesWriteWithNameAndBothAddresses() throws {
        let group = try create()
        _ = try network.change { world, now in try world.send("Hi", from: ana, to: group.jid.description, now: now) }
        #expect(screen(ben, group) == ["Hi"] && screen(own, group) == ["Hi"])
        let stanza = try client.take("message")
        #expect(stanza.jid("from") == group.jid && stanza.string("notify") == "Name of \(ana)")
        #expect(stanza.jid("participant")?.isLID == true && stanza.jid("participant_pn")?.user == ana)
        #expect(stanza.children("enc").compactMap { $0.string("type") }.sorted() == ["pkmsg", "skmsg"])
        var receipt = client.receipt(for: stanza)
        receipt["participant"] = .jid(network.world.service.lidJID(.phone(ben)))
        try client.send(receipt)
        #expect(network.refused.last?.contains("participant is not echoed") == true)
        receipt["participant"] = stanza["participant"]
        try client.send(receipt)
        let message = network.world[ana]?.messages.last
        #expect(message?.status == .delivered && message?.receipts.count == 3)
    }

    @Test func readWhenAllHaveReadIt() throws {
        let group = try create()
        let id = try network.change { world, now in try world.send("Read me", from: ana, to: group.jid.description, now: now) }
        for (number, status) in [(ben, PhoneMessage.Status.delivered), (own, .read)] {
            try network.change { world, now in try world.read([id], in: group.jid.description, by: number, now: now) }
            #expect(network.world[ana]?.messages.last?.status == status)
        }
        #expect(throws: ControlError.self) {
            try network.change { world, now in try world.read(["other"], in: group.jid.description, by: ben, now: now) }
        }
    }

    /// How a message can be spoilt, and the service's answer.
    enum Spoilt: String, CaseIterable {
        case addressing = "421", hash = "400", unreadable = "400 ", kind = "400  ", group = "404", device = "479"

        fileprivate func apply(_ draft: inout Draft) {
            switch self {
            case .addressing: draft.attributes["addressing_mode"] = "pn"
            case .hash: draft.attributes["phash"] = nil
            case .unreadable: draft.enc = Node("enc", ["v": "2", "type": "skmsg"], bytes: [0x33, 1, 2])
            case .kind: draft.enc.attributes["type"] = "msg"
            case .group: draft.attributes["to"] = "1203630999@g.us"
            case .device: draft.keys[0].attributes["jid"] = "96890000002@s.whatsapp.net"
            }
        }

        var code: String { String(rawValue.prefix(3)) }
    }

    @Test(arguments: Spoilt.allCases)
    func refused(_ spoilt: Spoilt) throws {
        let group = try create()
        var draft = try draft("Hello", group, keyFor: everybody)
        spoilt.apply(&draft)
        #expect(try send(draft).string("error") == spoilt.code)
        #expect(screen(ana, group) == [])
    }

    /// Who has the key and who should have it is seen from outside.
    @Test func keysForTheWrongPeopleAreNamed() throws {
        let group = try create()
        #expect(try send(draft("1", group, keyFor: [.phone(own), .phone(ana)])).string("error") == nil)
        #expect(network.refused.contains { $0.contains("\(ben) was never given sender key") })
        #expect(screen(ben, group) == [], "the phone asks for another copy")
        _ = try network.change { world, now in
            try world.changeGroup(group.id, .remove([ben]), by: ana, isQuiet: false, now: now)
        }
        try client.settle()
        let rest = try #require(network.world.service.groups[group.id])
        #expect(try send(draft("2", rest, keyFor: [])).string("error") == nil)
        #expect(!network.refused.contains { $0.contains("who left") }, "he never had it")
        #expect(try send(draft("3", rest, keyFor: [.phone(ben)])).string("error") == nil)
        #expect(network.refused.contains { $0.contains("who is no member") })
        #expect(screen(ben, group) == [] && screen(ana, group) == ["1", "2", "3"])
    }

    @Test func aKeyThatSomebodyTookAlongIsNamed() throws {
        let group = try create()
        _ = try send(draft("1", group, keyFor: everybody))
        _ = try network.change { world, now in try world.changeGroup(group.id, .leave, by: ben, isQuiet: false, now: now) }
        try client.settle()
        _ = try send(draft("2", try #require(network.world.service.groups[group.id]), keyFor: []))
        #expect(network.refused.contains { $0.contains("\(ben), who left, still has sender key") })
    }

    @Test func aStepOfTheChainIsNotUsedTwice() throws {
        let group = try create()
        _ = try send(draft("1", group, keyFor: everybody))
        let before = client.store
        _ = try send(draft("2", group, keyFor: []))
        client.store = before
        #expect(try send(draft("3", group, keyFor: [])).string("error") == "400")
    }

    /// The phones' own key: only for those who need it, and another one when somebody has gone.
    @Test func phonesChangeTheirKeyWhenSomebodyGoes() throws {
        let group = try create()
        func keys() -> String? { network.journal.last { $0.text.contains("sender key") && $0.kind == .message }?.text }
        func send(_ text: String) throws { _ = try network.change { world, now in try world.send(text, from: ana, to: group.jid.description, now: now) } }
        try send("1")
        #expect(keys()?.hasSuffix("for 3 of them") == true)
        try send("2")
        #expect(keys()?.hasSuffix("for 0 of them") == true)
        _ = try network.change { world, now in try world.changeGroup(group.id, .remove([ben]), by: ana, isQuiet: true, now: now) }
        try send("3")
        #expect(keys()?.hasSuffix("for 2 of them") == true)
        #expect(screen(ben, group) == ["1", "2"] && network.refused == [])
    }

    // MARK: Queries

    @Test func clientsMakeAndChangeGroups() throws {
        let server = JID(user: "", server: .group)
        let service = network.world.service
        let member = Node("participant", ["jid": .jid(service.lidJID(.phone(ana)))])
        let made = try ask("set", server, Node("create", ["subject": "Mine"], [member]))
        let metadata = try GroupQuery.readMetadata(made)
        #expect(metadata.members.map(\.role) == [.superadmin, .member] && metadata.addressing == .lid)
        let jid = metadata.jid
        let added = try ask(
            "set", jid,
            Node("add", [:], [Node("participant", ["jid": .jid(JID(user: ben, server: .phoneNumber))]), member]))
        #expect(added.child("add")?.children.map { $0.string("error") } == [nil, "409"])
        #expect(try ask("set", jid, Node("subject", text: "Ours")).string("type") == "result")
        #expect(try ask("set", jid, Node("promote", [:], [member])).string("type") == "result")
        let described = try GroupQuery.readMetadata(ask("get", jid, Node("query", ["request": "interactive"])))
        #expect(described.subject == "Ours" && described.members.count == 3 && described.participantVersion != metadata.participantVersion)
        #expect(described.members.first { $0.alternative?.user == ana }?.role == .admin)
        #expect(try GroupQuery.readParticipating(ask("get", server, Node("participating"))).map(\.jid) == [jid])
        #expect(try ask("set", server, Node("leave", [:], [Node("group", ["id": .jid(jid)])])).string("type") == "result")
        #expect(try ask("get", jid, Node("query")).child("error")?.string("code") == "403")
        let news = client.inbox.filter { $0.string("type") == "w:gp2" }.compactMap(GroupNotification.init)
        #expect(news.count == 5)
        #expect(zip(news, news.dropFirst()).allSatisfy { $1.previousVersion == nil || $0.version == nil || $1.previousVersion == $0.version })
        try client.settle()
    }

    @Test func whatIsRefused() throws {
        let group = try create()
        let server = JID(user: "", server: .group)
        let stranger = Node("participant", ["jid": "99999@lid"])
        func code(_ node: Node) -> String? { node.child("error")?.string("code") }
        #expect(code(try ask("set", server, Node("create", ["subject": ""], []))) == "406")
        #expect(code(try ask("set", server, Node("create", ["subject": "x"], [stranger]))) == "404")
        #expect(code(try ask("set", group.jid, Node("remove", [:], [Node("participant", ["jid": .jid(JID(user: ben, server: .phoneNumber))])]))) == "403")
        #expect(code(try ask("get", JID(user: "1203630999", server: .group), Node("query"))) == "404")
        #expect(code(try ask("set", group.jid, Node("locked"))) == "501")
    }

    @Test func groupsOutliveTheProcess() throws {
        let group = try create()
        _ = try network.change { world, now in try world.send("Hi", from: ana, to: group.jid.description, now: now) }
        let bytes = try network.world.state.serialized()
        let other = try Network(seed: 9)
        other.world.restore(try WorldState(serialized: bytes))
        _ = try other.change { world, now in try world.send("Again", from: ana, to: group.jid.description, now: now) }
        #expect(other.world[ben]?.messages.compactMap(\.text) == ["Hi", "Again"])
        #expect(other.journal.contains { $0.text.hasSuffix("for 0 of them") })
    }
}
