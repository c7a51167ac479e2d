import Model

/// A connection after the handshake: nodes both ways, pings, and the service's reasons to end it.
/// A `.close` in the actions is the last of them and ends this state.
struct EstablishedConnection: Sendable {
    private var transport: NoiseTransport
    private var decoder: FrameDecoder
    private var keepalive: Keepalive
    private var jitter: Jitter
    private var requestIDs: RequestIDs
    /// Until the service has let us in; pings begin then.
    private var loginBy: Int64?
    private var succeeded = false
    private var pendingPing: String?
    /// What a stream error said that leaves the closing to the service.
    private(set) var announcedReason: CloseReason?

    init(transport: NoiseTransport, decoder: FrameDecoder, seed: UInt64, now: Int64) {
        self.transport = transport
        self.decoder = decoder
        jitter = Jitter(seed: seed)
        requestIDs = RequestIDs(using: &jitter)
        keepalive = Keepalive(now: now, using: &jitter)
        loginBy = now.saturatingAdd(ConnectionLimits.login)
    }

    var deadline: Int64 { loginBy ?? keepalive.deadline }

    mutating func makeRequestID() -> String { requestIDs.next() }

    mutating func received(_ bytes: some Sequence<UInt8>, now: Int64) -> [ConnectionAction] {
        keepalive.received()
        decoder.append(bytes)
        var actions: [ConnectionAction] = []
        while true {
            do throws(FrameError) {
                guard let frame = try decoder.next() else { return actions }
                actions += received(frame: frame, now: now)
            } catch {
                actions.append(.close(.frame(error)))
            }
            if case .close = actions.last { return actions }
        }
    }

    private mutating func received(frame: [UInt8], now: Int64) -> [ConnectionAction] {
        let payload: [UInt8]
        do { payload = try transport.decrypt(frame) } catch { return [.close(.transport(error))] }
        do { return received(try BinaryXML.decode(payload), now: now) } catch { return [.undecodable(error, payload: payload)] }
    }

    private mutating func received(_ node: Node, now: Int64) -> [ConnectionAction] {
        switch node.tag {
        case "xmlstreamend": return [.close(announcedReason ?? .streamEnded)]
        case "stream:error": return streamError(node)
        case "failure": return [.stanza(node), .close(.failure(node))]
        case "success" where succeeded: return []
        case "success":
            succeeded = true
            loginBy = nil
            return [.stanza(node)]
        case "iq" where Self.isPing(node): return answerPing(node, now: now)
        case "iq" where pendingPing != nil && node.string("id") == pendingPing:
            pendingPing = nil
            keepalive.answered()
            return []
        case "iq" where node.child("pair-device") != nil:
            loginBy = nil
            return [.stanza(node)]
        case "iq" where node.string("type") != "get" && node.string("type") != "set", "ack":
            keepalive.answered()
            return [.stanza(node)]
        default: return [.stanza(node)]
        }
    }

    private mutating func streamError(_ node: Node) -> [ConnectionAction] {
        let (reason, closesNow) = CloseReason.streamError(node)
        if closesNow { return [.stanza(node), .close(reason)] }
        announcedReason = reason
        return [.stanza(node)]
    }

    private static func isPing(_ node: Node) -> Bool {
        node.string("type") == "get" && (node.string("xmlns") == "urn:xmpp:ping" || node.child("ping") != nil)
    }

    /// The service disconnects a client that does not answer.
    private mutating func answerPing(_ node: Node, now: Int64) -> [ConnectionAction] {
        var answer = Node("iq", ["type": "result", "to": .jid(.service)])
        if let from = node.attributes["from"] { answer.attributes["to"] = from }
        answer.attributes["id"] = node.attributes["id"]
        return write(answer, now: now)
    }

    mutating func isBehind(now: Int64) { keepalive.isBehind(now: now) }

    mutating func tick(now: Int64) -> [ConnectionAction] {
        if let loginBy { return loginBy <= now ? [.close(.timedOut(.login))] : [] }
        switch keepalive.tick(now: now, using: &jitter) {
        case .nothing: return []
        case .dead: return [.close(announcedReason ?? .timedOut(.keepalive))]
        case .ping:
            let id = requestIDs.next()
            pendingPing = id
            return write(Node("iq", ["to": .jid(.service), "type": "get", "xmlns": "w:p", "id": .text(id)]), now: now)
        }
    }

    mutating func send(_ node: Node, now: Int64) throws(ConnectionError) -> [ConnectionAction] {
        guard let payload = BinaryXML.encodeIfPossible(node), payload.count <= Self.longestPayload else { throw .tooLong }
        return write(payload: payload, needsAnswer: Self.needsAnswer(node), now: now)
    }

    private mutating func write(_ node: Node, now: Int64) -> [ConnectionAction] {
        (try? send(node, now: now)) ?? []
    }

    private mutating func write(payload: [UInt8], needsAnswer: Bool, now: Int64) -> [ConnectionAction] {
        let sealed: [UInt8]
        do { sealed = try transport.encrypt(payload) } catch { return [.close(.transport(error))] }
        if needsAnswer { keepalive.wroteNeedingAnswer(now: now) }
        do { return [.write(try Frame.encode(sealed))] } catch { return [.close(.frame(error))] }
    }

    /// Bytes of a plaintext that fits a frame with its 16-byte tag.
    private static let longestPayload = Frame.maximumPayload - 16

    /// Stanzas that the service always answers; silence after them is a dead connection.
    private static func needsAnswer(_ node: Node) -> Bool {
        switch node.tag {
        case "iq": node.string("type") == "get" || node.string("type") == "set"
        case "message": true
        default: false
        }
    }
}
