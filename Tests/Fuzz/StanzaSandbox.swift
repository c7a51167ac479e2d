import CryptoPrimitives
import Model
@testable import Sandbox
import Signal
import WhatsApp

/// A simulated service with two phones and one linked device of the first, which is online and speaks for itself here.
struct StanzaSandbox {
    private var world: World
    private var transport: NoiseTransport
    private let connection: ConnectionID
    private var now = Timestamp(seconds: 1_790_000_000)

    static let client: KeyPair = {
        var rng = Jitter(seed: 21)
        return KeyPair.generate(using: &rng)
    }()
    private static let (number, other) = ("96890000001", "96890000002")

    /// Pairs through the front door, so that all of the service's state is as it would be.
    init() throws {
        var rng = Randomness.seeded(1)
        let root = KeyPair.generate(using: &rng)
        world = World(service: Service(identity: try ServiceIdentity(rootKey: root, now: now, using: &rng), rng: rng, now: now))
        guard world.addPhone(number: Self.number, name: "A") != nil, world.addPhone(number: Self.other, name: "B") != nil else {
            throw FuzzFinding(rule: "phones can be added")
        }
        let profile = ClientProfile(deviceName: "Fuzz")
        let signed = SignedPreKey.generate(id: 1, identity: Self.client, using: &rng)
        let registration = try ClientPayload.registration(profile, registrationID: 9, identity: Self.client.publicKey, signedPreKey: signed)
        var (id, session, inbox) = try Self.connect(&world, registration, now)
        guard let offer = inbox.first?.child("pair-device")?.child("ref")?.text else { throw FuzzFinding(rule: "refs are offered") }
        let secret = [UInt8](repeating: 2, count: 32)
        let code = PairingCode(noisePublicKey: Self.client.publicKey.bytes, identity: Self.client.publicKey, secret: secret)
        try world.received(Self.sealed(ServerQuery.result(for: inbox[0]), &session), on: id, now: now)
        _ = try world.scan(code.text(reference: offer), by: Self.number, now: now)
        inbox = try Self.inbox(&world, &session)
        guard let success = inbox.first(where: { $0.child("pair-success") != nil }) else { throw FuzzFinding(rule: "a scan links") }
        let linked = try PairSuccess(success).accept(identity: Self.client, secret: secret, randomness: [UInt8](repeating: 3, count: 64))
        try world.received(Self.sealed(linked.answer, &session), on: id, now: now)
        world.closed(id, now: now)
        _ = world.takeActions()
        (id, session, inbox) = try Self.connect(&world, ClientPayload.login(profile, jid: linked.jid), now)
        guard inbox.contains(where: { $0.tag == "success" }) else { throw FuzzFinding(rule: "a linked device logs in") }
        (connection, transport) = (id, session)
        try send(LoginSuccess.becomeActive.node(id: "1"))
        // Stanzas that nobody reads would prove nothing.
        guard let device = world.service.online.keys.first, world.service.isActive(device) else {
            throw FuzzFinding(rule: "the device is active")
        }
    }

    mutating func send(_ node: Node) throws {
        now = now.adding(milliseconds: 10)
        let frame = try Self.sealed(node, &transport)
        world.received(frame, on: connection, now: now)
        world.tick(now: now)
        _ = world.takeActions()
    }

    /// One stanza of each kind that clients send.
    static let seeds: [Node] = {
        let to = JID(user: other, server: .phoneNumber)
        let copy = Node("to", ["jid": .jid(to)], [Node("enc", ["v": "2", "type": "pkmsg"], bytes: [0x33, 1])])
        let key = [Node("id", bytes: [0, 0, 9]), Node("value", bytes: [UInt8](repeating: 9, count: 32))]
        let upload = [
            Node("registration", bytes: [0, 0, 0, 9]), Node("type", bytes: [5]), Node("identity", bytes: client.publicKey.bytes),
            Node("list", [:], [Node("key", [:], key)]),
            Node("skey", [:], key + [Node("signature", bytes: [UInt8](repeating: 1, count: 64))]),
        ]
        let queries = [
            Query("encrypt", .set, upload), Query("encrypt", .get, [Node("key", [:], [Node("user", ["jid": .jid(to)])])]),
            PreKeyCount.query,
            PreKeyDigest.query, UserQuery.devices(of: [to], sid: "1"), UserQuery.registration(of: [other], sid: "2"),
            LoginSuccess.becomeActive,
            InformationBroadcast.clean(type: "groups", timestamp: "1"),
            Query("privacy", .set, [Node("tokens", [:], [Node("token", ["jid": .jid(to), "t": "1"])])]),
            Query("w:p", .get, [Node("ping")]), CollectionQuery.fetch(.regular, after: nil), CollectionQuery.fetch(.regular, after: 0),
            CollectionQuery.send([0x0A, 2, 8, 1], to: .regular, after: 0),
        ]
        return queries.enumerated().map { $1.node(id: "q\($0)") } + StanzaSeeds.receipts + [
            Node(
                "message", ["id": "M1", "to": .jid(to), "type": "text"],
                [Node("participants", [:], [copy]), Node("device-identity", bytes: [1])]),
            Node("receipt", ["id": "M1", "to": .jid(to), "type": "read", "t": "1"], [Node("list", [:], [Node("item", ["id": "M2"])])]),
            Node(
                "receipt", ["id": "M1", "to": .jid(to), "type": "retry"],
                [
                    Node("retry", ["count": "1", "id": "M1", "t": "1", "v": "1"]), Node("registration", bytes: [0, 0, 0, 1]),
                    Node("keys", [:], upload),
                ]),
            Node("ack", ["class": "message", "id": "M1", "to": .jid(to)]), Node("ib", [:], [Node("offline_batch", ["count": "5"])]),
            InformationBroadcast.unifiedSession(serverTime: Timestamp(seconds: 1)), Node("presence", ["type": "available", "name": "x"]),
            Node("presence", ["type": "subscribe", "to": .jid(to)]), Node("chatstate", ["to": .jid(to)], [Node("composing")]),
            Node("call", ["id": "C1", "to": .jid(to)], [Node("reject", ["call-id": "C1", "call-creator": .jid(to), "count": "0"])]),
        ]
    }()

    private static func sealed(_ node: Node, _ transport: inout NoiseTransport) throws -> [UInt8] {
        try Frame.encode(transport.encrypt(BinaryXML.encode(node)))
    }

    /// The handshake, and what the service says right after it.
    private static func connect(
        _ world: inout World, _ payload: [UInt8], _ now: Timestamp
    ) throws -> (ConnectionID, NoiseTransport, [Node]) {
        var rng = Jitter(seed: 22)
        let root = world.service.identity.rootKey.publicKey.bytes
        var handshake = NoiseClientHandshake(staticKey: client, ephemeral: .generate(using: &rng), rootKey: root)
        let id = world.opened(now: now)
        world.received(ConnectionHeader.encode() + (try Frame.encode(handshake.start())), on: id, now: now)
        guard case .write(_, let hello) = world.takeActions().first else { throw FuzzFinding(rule: "the service says hello") }
        let answer = try handshake.received(
            serverHello: Array(hello.dropFirst(Frame.headerLength)), clientPayload: payload, now: now.seconds)
        world.received(try Frame.encode(answer.clientFinish), on: id, now: now)
        var transport = answer.transport
        let nodes = try inbox(&world, &transport)
        return (id, transport, nodes)
    }

    private static func inbox(_ world: inout World, _ transport: inout NoiseTransport) throws -> [Node] {
        var nodes: [Node] = []
        for case .write(_, let frame) in world.takeActions() {
            nodes.append(try BinaryXML.decode(transport.decrypt(Array(frame.dropFirst(Frame.headerLength)))))
        }
        return nodes
    }
}
