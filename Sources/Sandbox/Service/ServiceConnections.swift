import Model
import Signal
import SwiftProtobuf
import WAProto
import WhatsApp

/// The life of a connection: bytes, frames, handshake.
extension Service {
    mutating func opened(now: Timestamp) -> ConnectionID {
        self.now = now
        let id = nextConnectionID()
        connections[id] = ClientConnection(now: now)
        return id
    }

    /// Bytes of one or more WebSocket messages, cut anywhere.
    mutating func received(_ bytes: [UInt8], on id: ConnectionID, now: Timestamp) {
        self.now = now
        guard connections[id]?.isLeaving == false else { return }
        connections[id]?.lastHeard = now
        do throws(Refusal) {
            try append(bytes, on: id)
            while let frame = try nextFrame(on: id) { try handle(frame, on: id) }
        } catch {
            note(error, who(id))
            close(id)
        }
    }

    mutating func closed(_ id: ConnectionID, now: Timestamp) {
        self.now = now
        guard let connection = connections.removeValue(forKey: id) else { return }
        note(.closed, who(id, connection), "")
        if let scan = connection.pairing?.scan { pairingFailed(scan, "the client closed the connection") }
        guard let device = connection.device, online[device] == id else { return }
        online[device] = nil
        self[device]?.isAvailable = false
    }

    /// Says goodbye: nothing that still comes is read, and the socket is closed after `delay`.
    mutating func close(_ id: ConnectionID, after delay: Int64 = 0) {
        guard let connection = connections[id], !connection.isLeaving else { return }
        if let scan = connection.pairing?.scan { pairingFailed(scan, "the service closed the connection") }
        if let device = connection.device, online[device] == id {
            online[device] = nil
            self[device]?.isAvailable = false
        }
        connections[id]?.phase = .leaving
        connections[id]?.closeAt = now.adding(milliseconds: delay)
        if delay == 0 { act(.close(id)) }
    }

    /// Encodes, encrypts and writes a stanza; ignored on a connection that is gone or told to go.
    mutating func write(_ stanza: Node, on id: ConnectionID) {
        guard connections[id]?.isLeaving == false else { return }
        do {
            guard let sealed = try connections[id]?.transport?.encrypt(BinaryXML.encode(stanza)) else { return }
            act(.write(id, try Frame.encode(sealed)))
        } catch {
            close(id)
        }
    }

    /// The name of a connection in the journal: its device where it is logged in.
    func who(_ id: ConnectionID, _ connection: ClientConnection? = nil) -> String {
        (connection ?? connections[id])?.device?.description ?? id.description
    }

    private mutating func append(_ bytes: [UInt8], on id: ConnectionID) throws(Refusal) {
        guard case .header(var header) = connections[id]?.phase else {
            connections[id]?.decoder.append(bytes)
            return
        }
        switch header.append(bytes) {
        case .incomplete: connections[id]?.phase = .header(header)
        case .refused: throw .connectionHeader
        case .complete(_, let rest):
            let ephemeral = KeyPair.generate(using: &rng)
            connections[id]?.phase = .hello(
                NoiseServerHandshake(staticKey: identity.staticKey, ephemeral: ephemeral, certificates: identity.certificates))
            connections[id]?.decoder.append(rest)
        }
    }

    private mutating func nextFrame(on id: ConnectionID) throws(Refusal) -> [UInt8]? {
        guard let connection = connections[id], !connection.isLeaving else { return nil }
        if case .header = connection.phase { return nil }
        do {
            return try connections[id]?.decoder.next()
        } catch {
            throw .frame("\(error)")
        }
    }

    private mutating func handle(_ frame: [UInt8], on id: ConnectionID) throws(Refusal) {
        switch connections[id]?.phase {
        case .hello(var handshake):
            do {
                act(.write(id, try Frame.encode(try handshake.received(clientHello: frame))))
            } catch {
                throw .handshake("client hello: \(error)")
            }
            connections[id]?.phase = .finish(handshake)
        case .finish(let handshake):
            try finish(handshake, frame, on: id)
        case .registering, .online:
            let stanza = try decrypt(frame, on: id)
            try received(stanza, on: id)
        case .header, .leaving, nil:
            break
        }
    }

    private mutating func finish(_ handshake: NoiseServerHandshake, _ frame: [UInt8], on id: ConnectionID) throws(Refusal) {
        var handshake = handshake
        let accepted: NoiseServerHandshake.Accepted
        do {
            accepted = try handshake.received(clientFinish: frame)
        } catch {
            throw .handshake("client finish: \(error)")
        }
        connections[id]?.transport = accepted.transport
        connections[id]?.decoder.limit = Frame.maximumPayload
        guard let payload = try? WAClientPayload(serializedBytes: accepted.payload) else {
            throw .handshake("the client payload is unreadable")
        }
        do throws(LoginFailure) {
            try UserAgentCheck.check(payload, oldestRevision: settings.oldestRevision)
            if payload.hasUsername {
                try login(try Login(payload), noiseKey: accepted.clientStatic, on: id)
            } else {
                offerPairing(try Registration(payload, noiseKey: accepted.clientStatic), on: id)
            }
        } catch {
            fail(error, on: id)
        }
    }

    /// Refuses a login or registration with its code and closes.
    mutating func fail(_ failure: LoginFailure, on id: ConnectionID) {
        note(.login("failure \(failure.code): \(failure.reason)"), who(id))
        write(Node("failure", ["reason": "\(failure.code)", "location": "sbx"]), on: id)
        close(id, after: 200)
    }

    private mutating func decrypt(_ frame: [UInt8], on id: ConnectionID) throws(Refusal) -> Node {
        do {
            guard let plaintext = try connections[id]?.transport?.decrypt(frame) else { throw Refusal.frame("before the handshake ended") }
            return try BinaryXML.decode(plaintext)
        } catch let error as NoiseError {
            throw .frame("\(error)")
        } catch {
            throw .stanza("not binary XML: \(error)")
        }
    }
}
