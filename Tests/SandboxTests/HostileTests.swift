import CryptoPrimitives
import Model
import Signal
import Testing
import WhatsApp

@testable import Sandbox

/// Whatever a client sends, the sandbox lives on: it refuses, names it and serves the next one.
@Suite("Hostile clients")
struct HostileTests {
    let network: Network
    private var rng = Randomness.seeded(4)

    init() throws {
        network = try Network()
        try network.addPhone("96890000001")
        try network.addPhone("96890000002")
    }

    /// The service still pairs somebody and relays.
    private func stillServes() throws {
        let client = TestClient(network, seed: 1_000)
        try client.pair(with: "96890000001")
        try client.settle()
        #expect(try client.sendMessage(try client.compose("alive", id: "3EB0EE", to: "96890000002")).string("error") == nil)
        #expect(network.world["96890000002"]?.messages.last?.text == "alive")
    }

    @Test mutating func randomBytesInEveryStage() throws {
        for round in 0..<200 {
            let client = TestClient(network, seed: UInt64(round))
            let garbage = Random.bytes(Int.random(in: 1...200, using: &rng), using: &rng)
            switch round % 4 {
            case 0: network.write(garbage, on: network.open(client))
            case 1: network.write(ConnectionHeader.bytes + garbage, on: network.open(client))
            case 2: network.write(ConnectionHeader.bytes + (try Frame.encode(garbage)), on: network.open(client))
            default: try client.connect(garbage)
            }
        }
        network.advance(seconds: 25)
        #expect(network.world.service.connections.isEmpty)
        try stillServes()
    }

    @Test func oversizedHandshakeFrame() throws {
        let client = TestClient(network)
        let id = network.open(client)
        network.write(ConnectionHeader.bytes + [0xFF, 0xFF, 0xFF], on: id)
        network.advance(seconds: 0)
        #expect(network.world.service.connections[id] == nil)
        #expect(network.refused.contains { $0.hasPrefix("frame:") })
    }

    @Test mutating func randomPlaintextsBeforeAndAfterPairing() throws {
        for round in 0..<200 {
            let client = TestClient(network, seed: UInt64(round + 1))
            try client.connectForPairing()
            try client.sendPlaintext([0] + Random.bytes(Int.random(in: 0...60, using: &rng), using: &rng))
        }
        let client = TestClient(network, seed: 900)
        try client.pair(with: "96890000001")
        for _ in 0..<200 {
            if client.isClosed { try client.login() }
            try client.sendPlaintext([0] + Random.bytes(Int.random(in: 0...60, using: &rng), using: &rng))
        }
        try stillServes()
    }

    @Test func aForeignFrameEndsTheConnection() throws {
        let client = TestClient(network)
        try client.pair(with: "96890000001")
        network.write(try Frame.encode([UInt8](repeating: 7, count: 40)), on: try #require(client.connection))
        network.advance(seconds: 0)
        #expect(client.isClosed)
    }

    /// Well-formed stanzas with attributes and content taken away, exchanged and distorted at random.
    @Test mutating func distortedStanzas() throws {
        let client = TestClient(network)
        try client.pair(with: "96890000001")
        try client.settle()
        let good = try seeds(client)
        for _ in 0..<3_000 {
            if client.isClosed || network.world.service.online.isEmpty { try relogin(client) }
            guard !client.account.isEmpty else { return }
            var stanza = try #require(good.randomElement(using: &rng))
            for _ in 0..<Int.random(in: 1...3, using: &rng) { distort(&stanza) }
            try client.send(stanza)
            client.inbox = []
        }
        #expect(network.refused.count > 500)
        try stillServes()
    }

    private func relogin(_ client: TestClient) throws {
        try client.login()
        // A distorted logout may have succeeded.
        if client.inbox.first?.tag == "failure" { client.account = [] } else { try client.becomeActive() }
    }

    private func seeds(_ client: TestClient) throws -> [Node] {
        let message = try client.compose("seed", id: "3EB0", to: "96890000002")
        let user = try #require(message.jid("to"))
        return [
            message,
            Node("receipt", ["id": "x", "to": .jid(user), "type": "read", "t": "1"], [Node("list", [:], [Node("item", ["id": "y"])])]),
            Node(
                "receipt", ["id": "x", "to": .jid(user), "type": "retry"],
                [Node("retry", ["count": "1", "id": "x", "t": "1", "v": "1"]), Node("registration", bytes: [0, 0, 0, 1])]),
            Node("ack", ["class": "message", "id": "x", "to": .jid(user)]),
            Node(
                "iq", ["id": "1", "type": "get", "xmlns": "encrypt", "to": .jid(.service)],
                [Node("key", [:], [Node("user", ["jid": .jid(user)])])]),
            Node(
                "iq", ["id": "2", "type": "get", "xmlns": "usync", "to": .jid(.service)],
                [
                    Node(
                        "usync", ["sid": "s", "mode": "query", "context": "message"],
                        [Node("query", [:], [Node("devices")]), Node("list", [:], [Node("user", ["jid": .jid(user)])])])
                ]),
            Node(
                "iq", ["id": "3", "type": "set", "xmlns": "privacy", "to": .jid(.service)],
                [Node("tokens", [:], [Node("token", ["jid": .jid(user), "t": "1"])])]),
            Node("ib", [:], [Node("offline_batch", ["count": "5"])]),
            Node("presence", ["type": "available", "name": "x"]),
            Node("chatstate", ["to": .jid(user)], [Node("composing")]),
        ]
    }

    private mutating func distort(_ node: inout Node) {
        var children = node.children
        if !children.isEmpty, Bool.random(using: &rng) {
            let index = children.indices.randomElement(using: &rng) ?? 0
            if Int.random(in: 0..<4, using: &rng) == 0 { children.remove(at: index) } else { distort(&children[index]) }
            node.content = .nodes(children)
            return
        }
        let names = node.attributes.elements.map(\.key)
        switch Int.random(in: 0..<6, using: &rng) {
        case 0: node.content = nil
        case 1: node.content = .bytes(Random.bytes(Int.random(in: 0...70, using: &rng), using: &rng))
        case 2: node.tag = ["iq", "message", "receipt", "x"].randomElement(using: &rng) ?? "x"
        case 3: names.randomElement(using: &rng).map { node[$0] = nil }
        case 4: names.randomElement(using: &rng).map { node[$0] = "18446744073709551615" }
        default: names.randomElement(using: &rng).map { node[$0] = .jid(JID(user: "1", server: .lid, device: 65_535)) }
        }
    }
}
