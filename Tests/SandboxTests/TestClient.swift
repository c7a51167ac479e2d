import CryptoPrimitives
import FoundationEssentials
import Model
import Signal
import SwiftProtobuf
import Testing
import WAProto
import WhatsApp

@testable import Sandbox

/// A client made of this project's own parts, for the sandbox's tests. It does only what a test tells it to.
final class TestClient {
    let network: Network
    var rng = Randomness.seeded(77)
    let noise: KeyPair
    let identity: KeyPair
    let signedPreKey: SignedPreKey
    var advSecret: [UInt8]
    var profile = ClientProfile(deviceName: "Test")
    var store: PhoneStore
    /// After the pairing.
    var jid: JID?
    var lid: JID?
    var account: [UInt8] = []
    /// Everything that arrived on the present connection and was not taken yet.
    var inbox: [Node] = []
    var isClosed = false
    private(set) var connection: ConnectionID?
    private var decoder = FrameDecoder()
    private var handshake: NoiseClientHandshake?
    private var payload: [UInt8] = []
    private var transport: NoiseTransport?
    private var queries = 0

    init(_ network: Network, seed: UInt64 = 7) {
        self.network = network
        rng = .seeded(seed)
        noise = .generate(using: &rng)
        identity = .generate(using: &rng)
        signedPreKey = .generate(id: 1, identity: identity, using: &rng)
        advSecret = Random.bytes(32, using: &rng)
        store = PhoneStore(identity: identity, registrationID: 4_711, signedPreKey: signedPreKey)
    }

    // MARK: Connection

    func connect(_ payload: [UInt8], pieces: Int? = nil) throws {
        self.payload = payload
        decoder = FrameDecoder()
        inbox = []
        isClosed = false
        transport = nil
        var handshake = NoiseClientHandshake(staticKey: noise, ephemeral: .generate(using: &rng), rootKey: network.rootKey)
        let hello = ConnectionHeader.encode() + (try Frame.encode(try handshake.start()))
        self.handshake = handshake
        let id = network.open(self)
        connection = id
        for piece in pieces.map({ hello.chunks(of: $0) }) ?? [hello] { network.write(piece, on: id) }
    }

    func connectForPairing() throws {
        try connect(ClientPayload.registration(profile, registrationID: 4_711, identity: identity.publicKey, signedPreKey: signedPreKey))
    }

    func login() throws { try connect(ClientPayload.login(profile, jid: try #require(jid))) }

    func disconnect() {
        if let connection { network.close(connection) }
        connection = nil
    }

    func feed(_ bytes: [UInt8]) {
        decoder.append(bytes)
        do {
            while let frame = try decoder.next() { try handle(frame) }
        } catch {
            Issue.record("the service sent something unreadable: \(error)")
        }
    }

    private func handle(_ frame: [UInt8]) throws {
        if var handshake {
            self.handshake = nil
            let answer = try handshake.received(serverHello: frame, clientPayload: payload, now: network.now.seconds)
            transport = answer.transport
            network.write(try Frame.encode(answer.clientFinish), on: try #require(connection))
            return
        }
        let opened = try transport?.decrypt(frame)
        let plaintext = try #require(opened)
        inbox.append(try BinaryXML.decode(plaintext))
    }

    func send(_ node: Node) throws { try sendPlaintext(BinaryXML.encode(node)) }

    func sendPlaintext(_ bytes: [UInt8]) throws {
        let sealed = try transport?.encrypt(bytes)
        network.write(try Frame.encode(try #require(sealed)), on: try #require(connection))
    }

    /// Takes the first stanza that matches out of the inbox.
    func take(_ tag: String, where matches: (Node) -> Bool = { _ in true }) throws -> Node {
        let index = try #require(inbox.firstIndex { $0.tag == tag && matches($0) }, "no \(tag) among \(inbox.map(\.tag))")
        return inbox.remove(at: index)
    }

    /// Sends a query and takes its answer.
    func query(_ namespace: String, _ type: String, _ children: [Node]) throws -> Node {
        queries += 1
        let id = "q-\(queries)"
        try send(Node("iq", ["id": .text(id), "xmlns": .text(namespace), "type": .text(type), "to": .jid(.service)], children))
        return try take("iq") { $0.string("id") == id }
    }

    // MARK: Pairing

    /// Shows the code of the first ref.
    func code() throws -> String {
        let offer = try take("iq") { $0.child("pair-device") != nil }
        let refs = offer.child("pair-device")?.children("ref").compactMap(\.text) ?? []
        #expect(refs.count == 6)
        try send(Node("iq", ["to": .jid(.service), "type": "result", "id": offer["id"] ?? ""]))
        return PairingCode(noisePublicKey: noise.publicKey.bytes, identity: identity.publicKey, secret: advSecret)
            .text(reference: try #require(refs.first))
    }

    /// Answers pair-success as a client does; `change` may spoil the answer.
    func acceptPairing(_ change: (inout Node) -> Void = { _ in }) throws {
        let success = try take("iq") { $0.child("pair-success") != nil }
        let pairing = try PairSuccess(success)
        let linked = try pairing.accept(identity: identity, secret: advSecret, randomness: Random.bytes(64, using: &rng))
        jid = linked.jid
        lid = linked.lid
        account = linked.account
        var answer = linked.answer
        change(&answer)
        try send(answer)
    }

    /// From nothing to an active connection, with pre-keys uploaded.
    func pair(with number: String) throws {
        try connectForPairing()
        let code = try code()
        _ = try network.change { world, now in try world.scan(code, by: number, now: now) }
        try acceptPairing()
        #expect(try take("stream:error").string("code") == "515")
        try login()
        _ = try take("success")
        #expect(try uploadPreKeys(30).string("type") == "result")
        try becomeActive()
    }

    func becomeActive() throws {
        #expect(try query("passive", "set", [Node("active")]).string("type") == "result")
    }

    func uploadPreKeys(_ count: Int) throws -> Node {
        let keys = store.addPreKeys(count, using: &rng).map { ($0.id, $0.keyPair.publicKey.bytes) }
        return try upload(keys)
    }

    func upload(_ keys: [(UInt32, [UInt8])], _ change: (inout [Node]) -> Void = { _ in }) throws -> Node {
        var children = [
            Node("registration", bytes: UInt32(4_711).bigEndianBytes(4)), Node("type", bytes: [5]),
            Node("identity", bytes: identity.publicKey.bytes),
            Node("list", [:], keys.map { Node("key", [:], [Node("id", bytes: $0.0.bigEndianBytes(3)), Node("value", bytes: $0.1)]) }),
            Node(
                "skey", [:],
                [
                    Node("id", bytes: signedPreKey.id.bigEndianBytes(3)), Node("value", bytes: signedPreKey.keyPair.publicKey.bytes),
                    Node("signature", bytes: signedPreKey.signature),
                ]),
        ]
        change(&children)
        return try query("encrypt", "set", children)
    }
}

extension [UInt8] {
    func chunks(of size: Int) -> [[UInt8]] { stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) } }
}
