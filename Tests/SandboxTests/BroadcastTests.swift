import FoundationEssentials
import Model
import SwiftProtobuf
import Testing
import WAProto
import WhatsApp

@testable import Sandbox

@Suite("Status updates and channels of the service")
struct BroadcastTests {
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

    private func screen(_ number: String) -> [String?] {
        network.world[number]?.messages.filter { $0.chat == JID.status.description }.map(\.text) ?? []
    }

    private func sendStatus(_ text: String, keyFor numbers: [String]) throws -> Node {
        let devices = numbers.map { network.world.service.lidJID(.phone($0)) }
        try client.startSessions(with: devices)
        let key = try client.senderKey(for: .status)
        let copies = try devices.map { Node("to", ["jid": .jid($0)], [try client.encrypt(key, to: $0)]) }
        return try client.sendMessage(
            Node(
                "message", ["id": .text("3EB0\(text)"), "to": .jid(.status), "type": "text"],
                (copies.isEmpty ? [] : [Node("participants", [:], copies), Node("device-identity", bytes: client.account)])
                    + [try client.encrypt(text, forAllOf: .status)]))
    }

    @Test func aStatusReachesThoseWhoWereGivenItsKey() throws {
        #expect(try client.query("status", "get", [Node("privacy")]).child("privacy")?.child("list")?.string("type") == "contacts")
        #expect(try sendStatus("first", keyFor: [own, ana]).string("error") == nil)
        // They have the key by now.
        #expect(try sendStatus("second", keyFor: []).string("error") == nil)
        for number in [own, ana] { #expect(screen(number) == ["first", "second"]) }
        #expect(screen(ben) == [])
        let receipts = client.inbox.filter { $0.tag == "receipt" && $0.jid("from") == .status }
        #expect(receipts.compactMap { $0.jid("participant")?.user } == Array(repeating: network.world.service.lidJID(.phone(ana)).user, count: 2))
        try client.settle()
        network.advance(seconds: 60)
        #expect(network.refused == [] && network.missingAcks == [])
    }

    @Test func postsOfAChannelAreNumberedAndReachFollowers() throws {
        let channel = try network.change { world, now in try world.createChannel("News", by: ana, followers: [own], now: now) }
        for text in ["one", "two"] { _ = try network.change { world, now in try world.post(text, in: channel.id, now: now) } }
        for (number, text) in [("1", "one"), ("2", "two")] {
            let stanza = try client.take("message")
            #expect(stanza.jid("from") == channel.jid && stanza.string("server_id") == number)
            #expect(try WAMessage(serializedBytes: stanza.child("plaintext")?.bytes ?? []).conversation == text)
            try client.send(client.ack(stanza))
        }
        network.advance(seconds: 60)
        #expect(network.refused == [] && network.missingAcks == [])
        // They outlive the process.
        let state = try WorldState(serialized: network.world.state.serialized())
        #expect(state.channels.map(\.postCount) == [2] && state.channels.map(\.name) == ["News"])
    }

    @Test func onlyTheOwnerPostsAndOnlyMessages() throws {
        let channels = try network.change { world, now in
            (
                try world.createChannel("Mine", by: own, followers: [ana], now: now), try world.createChannel("Theirs", by: ana, followers: [own], now: now)
            )
        }
        func post(_ to: JID, _ content: [Node], id: String) throws -> Node {
            try client.sendMessage(Node("message", ["id": .text(id), "to": .jid(to), "type": "text"], content))
        }
        var message = WAMessage()
        message.conversation = "news"
        let text = Node("plaintext", bytes: try message.serializedBytes())
        #expect(try post(channels.0.jid, [text], id: "A1").string("server_id") == "1")
        #expect(try post(channels.1.jid, [text], id: "A2").string("error") == "403")
        #expect(try post(JID(user: "1", server: .newsletter), [text], id: "A3").string("error") == "404")
        #expect(try post(channels.0.jid, [], id: "A4").string("error") == "400")
        #expect(try post(channels.0.jid, [Node("plaintext", bytes: [0xFF])], id: "A5").string("error") == "400")
        #expect(network.world.service.channels[channels.0.id]?.postCount == 1)
    }
}
