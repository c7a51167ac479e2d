import Model
import Signal
import Synchronization
import WhatsApp

@testable import Daemon

/// The service's end of a session's connections, played by a test: it shows every stanza of the client and says what the test tells it to.
///
/// Unlike the sandbox it has no opinion: what a legitimate service may do or leave out, a test can do or leave out here.
final class ScriptedService: Sendable {
    /// What the client wants on a new connection.
    enum Arrival: Sendable { case registration, login }
    /// Gives the answers to a stanza; nil leaves it to the standard ones.
    typealias Script = @Sendable (Node) -> [Node]?

    let rootKey: KeyPair
    private let staticKey: KeyPair
    private let certificates: [UInt8]
    /// Everything that the client sent but pings, in order.
    let stanzas = Sequenced<Node>()
    /// One for every completed handshake.
    let arrivals = Sequenced<Arrival>()
    private let script: Script
    /// Said first on a login, and on a registration.
    private let welcome: @Sendable (Arrival) -> [Node]
    private let current = Mutex<ScriptedTransport?>(nil)

    init(welcome: @escaping @Sendable (Arrival) -> [Node], script: @escaping Script = { _ in nil }) throws {
        var random = SystemRandomNumberGenerator()
        rootKey = .generate(using: &random)
        staticKey = .generate(using: &random)
        certificates = try CertificateChain.issue(
            for: staticKey.publicKey, rootKey: rootKey, validity: 1_700_000_000...4_000_000_000, using: &random
        ).serialized()
        self.welcome = welcome
        self.script = script
    }

    /// A new connection of the client; the one before is forgotten.
    func connect() -> any Transport {
        var random = SystemRandomNumberGenerator()
        let handshake = NoiseServerHandshake(staticKey: staticKey, ephemeral: .generate(using: &random), certificates: certificates)
        let transport = ScriptedTransport(handshake) { [self] event in
            switch event {
            case .finished(let payload): arrived(payload)
            case .stanza(let node): answer(node)
            }
        }
        current.withLock { $0 = transport }
        return transport
    }

    func send(_ node: Node) { current.withLock { $0 }?.send(node) }

    /// Closes without a word.
    func drop() { current.withLock { $0 }?.drop() }

    /// The next stanza that matches; the others before it are passed over. nil when none came in time.
    func next(_ tag: String, seconds: Int64 = 20, where matches: (Node) -> Bool = { _ in true }) async -> Node? {
        while let node = await stanzas.next(seconds: seconds) {
            if node.tag == tag, matches(node) { return node }
        }
        return nil
    }

    /// Everything that the client says until it answers a ping sent now.
    func untilPong() async -> [Node] {
        send(Node("iq", ["id": "pong-me", "type": "get", "xmlns": "urn:xmpp:ping", "from": .jid(.service)]))
        var nodes: [Node] = []
        while let node = await stanzas.next(seconds: 20) {
            if node.string("id") == "pong-me" { return nodes }
            nodes.append(node)
        }
        return []
    }

    private func arrived(_ payload: [UInt8]) {
        let arrival: Arrival = isLogin(payload) ? .login : .registration
        arrivals.put(arrival)
        for node in welcome(arrival) { send(node) }
    }

    /// Field 1, the user name, stands first in a login and is missing in a registration.
    private func isLogin(_ payload: [UInt8]) -> Bool { payload.first == 8 }

    private func answer(_ node: Node) {
        let id = node.attributes["id"] ?? ""
        if node.tag == "iq", node.string("xmlns") == "w:p" { return send(Node("iq", ["type": "result", "id": id])) }
        stanzas.put(node)
        for reply in script(node) ?? standard(node) { send(reply) }
    }

    /// What every service answers.
    private func standard(_ node: Node) -> [Node] {
        guard node.tag == "iq", ["get", "set"].contains(node.string("type")) else { return [] }
        let result: Attributes = ["type": "result", "id": node.attributes["id"] ?? "", "from": .jid(.service)]
        if node.child("count") != nil { return [Node("iq", result, [Node("count", ["value": "100"])])] }
        // No client must depend on the digest.
        if node.child("digest") != nil { return [] }
        return [Node("iq", result)]
    }
}

/// Values in the order of their arrival, with a deadline for whoever waits.
final class Sequenced<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])
    private let signals = Mailbox<Bool>()

    func put(_ value: Value) {
        values.withLock { $0.append(value) }
        signals.put(true)
    }

    /// nil when none came in time.
    func next(seconds: Int64 = 20) async -> Value? {
        while true {
            if let value = values.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return value }
            guard await signals.next(seconds: seconds) != nil else { return nil }
        }
    }
}

/// One connection to a ``ScriptedService``.
final class ScriptedTransport: Transport {
    enum Event { case finished(payload: [UInt8]), stanza(Node) }

    private struct State {
        var header = ConnectionHeaderDecoder()
        var frames = FrameDecoder()
        var isPastHeader = false
        var handshake: NoiseServerHandshake
        var noise: NoiseTransport?
    }

    let inbound: AsyncThrowingStream<[UInt8], any Error>
    private let outgoing: AsyncThrowingStream<[UInt8], any Error>.Continuation
    private let state: Mutex<State>
    private let handle: @Sendable (Event) -> Void

    init(_ handshake: NoiseServerHandshake, handle: @escaping @Sendable (Event) -> Void) {
        (inbound, outgoing) = AsyncThrowingStream.makeStream(of: [UInt8].self)
        state = Mutex(State(handshake: handshake))
        self.handle = handle
    }

    func write(_ bytes: [UInt8]) async throws {
        let events = try state.withLock { state in try Self.take(bytes, &state, outgoing) }
        events.forEach(handle)
    }

    func isBehind() -> Bool { false }
    func close() async { outgoing.finish() }

    func drop() { outgoing.finish() }

    func send(_ node: Node) {
        state.withLock { state in
            guard let sealed = try? state.noise?.encrypt(BinaryXML.encode(node)), let frame = try? Frame.encode(sealed) else { return }
            outgoing.yield(frame)
        }
    }

    private static func take(
        _ bytes: [UInt8], _ state: inout State, _ outgoing: AsyncThrowingStream<[UInt8], any Error>.Continuation
    ) throws -> [Event] {
        var rest = bytes
        if !state.isPastHeader {
            guard case .complete(_, let behind) = state.header.append(bytes) else { return [] }
            (state.isPastHeader, rest) = (true, behind)
        }
        state.frames.append(rest)
        var events: [Event] = []
        while let frame = try state.frames.next() {
            if let payload = try state.noise?.decrypt(frame) {
                events.append(.stanza(try BinaryXML.decode(payload)))
            } else if let hello = try? state.handshake.received(clientHello: frame) {
                outgoing.yield(try Frame.encode(hello))
            } else {
                let accepted = try state.handshake.received(clientFinish: frame)
                state.noise = accepted.transport
                events.append(.finished(payload: accepted.payload))
            }
        }
        return events
    }
}
