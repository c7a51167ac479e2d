import Signal
import Testing
@testable import WhatsApp

/// The other end of a connection under test: Noise responder with its own root, frames and nodes.
struct FakeService {
    static let unixTime: Int64 = 1_750_000_000
    let rootKey: KeyPair
    private var header = ConnectionHeaderDecoder()
    private var frames = FrameDecoder()
    private var handshake: NoiseServerHandshake
    private var transport: NoiseTransport?
    private var headerSeen = false
    /// What the client did, in order.
    private(set) var routingInfo: [UInt8]?
    private(set) var clientPayload: [UInt8]?
    private(set) var clientStatic: [UInt8]?
    private(set) var nodes: [Node] = []

    init(validity: ClosedRange<UInt64> = 1_700_000_000...1_800_000_000) throws {
        var rng = Jitter(seed: 99)
        rootKey = KeyPair.generate(using: &rng)
        let staticKey = KeyPair.generate(using: &rng)
        let chain = try CertificateChain.issue(for: staticKey.publicKey, rootKey: rootKey, validity: validity, using: &rng)
        handshake = NoiseServerHandshake(
            staticKey: staticKey, ephemeral: KeyPair.generate(using: &rng), certificates: try chain.serialized())
    }

    func settings(payload: [UInt8] = [1, 2, 3], routingInfo: [UInt8]? = nil, seed: UInt64 = 5) -> ConnectionSettings {
        var rng = Jitter(seed: 3)
        return ConnectionSettings(
            staticKey: KeyPair.generate(using: &rng), ephemeral: KeyPair.generate(using: &rng), rootKey: rootKey.publicKey.bytes,
            clientPayload: payload, routingInfo: routingInfo, seed: seed)
    }

    /// Takes what the client wrote; returns what the service answers (the server hello, once).
    mutating func received(_ bytes: [UInt8]) throws -> [UInt8] {
        var rest = bytes
        if !headerSeen {
            guard case .complete(let routing, let behind) = header.append(bytes) else { return [] }
            (headerSeen, routingInfo, rest) = (true, routing, behind)
        }
        frames.append(rest)
        var answer: [UInt8] = []
        while let frame = try frames.next() { answer += try received(frame: frame) }
        return answer
    }

    private mutating func received(frame: [UInt8]) throws -> [UInt8] {
        if transport != nil {
            let payload = try #require(try transport?.decrypt(frame))
            nodes.append(try BinaryXML.decode(payload))
            return []
        }
        if let hello = try? handshake.received(clientHello: frame) { return try Frame.encode(hello) }
        let accepted = try handshake.received(clientFinish: frame)
        (transport, clientPayload, clientStatic) = (accepted.transport, accepted.payload, accepted.clientStatic)
        return []
    }

    /// A frame with this node for the client.
    mutating func frame(_ node: Node) throws -> [UInt8] { try frame(payload: BinaryXML.encode(node)) }

    mutating func frame(payload: [UInt8]) throws -> [UInt8] {
        try Frame.encode(try #require(try transport?.encrypt(payload)))
    }

    mutating func forgetNodes() { nodes = [] }
}

extension [ConnectionAction] {
    var written: [UInt8] {
        flatMap { if case .write(let bytes) = $0 { bytes } else { [] as [UInt8] } }
    }

    var stanzas: [Node] {
        compactMap { if case .stanza(let node) = $0 { node } else { nil } }
    }

    var closeReason: CloseReason? {
        if case .close(let reason) = last { reason } else { nil }
    }

    var deadline: Int64? {
        if case .deadline(let deadline) = last { deadline } else { nil }
    }
}
