/// One connection to the service from the attempt to its close, without any I/O: the owner reports events and carries out the
/// ``ConnectionAction``s that they return.
///
/// `now` is milliseconds of a clock that never jumps (not the time of day), the same in all calls. A connection is not used again.
/// Source: protocol notes on transport.
package struct Connection: Sendable {
    private enum State: Sendable {
        case dialing(deadline: Int64)
        case handshaking(HandshakingConnection)
        case established(EstablishedConnection)
        case closed(CloseReason)
    }

    private let settings: ConnectionSettings
    private var state: State
    private var toldDeadline: Int64?

    /// Begins with the attempt to open the WebSocket.
    package init(_ settings: ConnectionSettings, now: Int64) {
        self.settings = settings
        state = .dialing(deadline: now.saturatingAdd(ConnectionLimits.dial))
    }

    /// When to call ``tick(now:)``; every state but the closed one has such a moment.
    package var deadline: Int64? {
        switch state {
        case .dialing(let deadline): deadline
        case .handshaking(let handshake): handshake.deadline
        case .established(let connection): connection.deadline
        case .closed: nil
        }
    }

    /// Nodes can be sent.
    package var isEstablished: Bool {
        if case .established = state { true } else { false }
    }

    /// Set from the ``ConnectionAction/close(_:)`` on.
    package var closeReason: CloseReason? {
        if case .closed(let reason) = state { reason } else { nil }
    }

    /// The WebSocket is open.
    /// - Parameter unixTime: seconds, for the validity of the server's certificates.
    package mutating func opened(now: Int64, unixTime: Int64) -> [ConnectionAction] {
        guard case .dialing = state else { return [] }
        var handshake = HandshakingConnection(settings, now: now, unixTime: unixTime)
        let start = handshake.start(routingInfo: settings.routingInfo)
        state = .handshaking(handshake)
        switch start {
        case .success(let bytes): return finish([.write(bytes)])
        case .failure(let reason): return finish([.close(reason)])
        }
    }

    /// Bytes of a WebSocket message arrived; borders of messages mean nothing.
    package mutating func received(_ bytes: some Sequence<UInt8>, now: Int64) -> [ConnectionAction] {
        switch state {
        case .dialing, .closed: return []
        case .handshaking(var handshake):
            switch handshake.received(bytes) {
            case .waiting:
                state = .handshaking(handshake)
                return []
            case .failed(let reason):
                return finish([.close(reason)])
            case .finished(let frame, let transport, let decoder):
                let connection = EstablishedConnection(transport: transport, decoder: decoder, seed: settings.seed, now: now)
                state = .established(connection)
                // Nothing may follow the server hello before our finish, but what did must not wait for more bytes.
                return finish([.write(frame)] + (decoder.pendingBytes > 0 ? establishedReceived([], now: now) : []))
            }
        case .established:
            return finish(establishedReceived(bytes, now: now))
        }
    }

    /// Encrypts a node; the bytes of the action must be written before those of any later one.
    package mutating func send(_ node: Node, now: Int64) throws(ConnectionError) -> [ConnectionAction] {
        guard var connection = takeEstablished() else { throw .notOpen }
        let actions: [ConnectionAction]
        do {
            actions = try connection.send(node, now: now)
        } catch {
            restore(connection)
            throw error
        }
        restore(connection)
        return finish(actions)
    }

    /// Bytes have arrived, but the owner has not come to hand them over: whatever is awaited may be among them.
    package mutating func isBehind(now: Int64) {
        guard var connection = takeEstablished() else { return }
        connection.isBehind(now: now)
        restore(connection)
    }

    /// A moment told by ``ConnectionAction/deadline(_:)`` has come; calling it at other times does no harm.
    package mutating func tick(now: Int64) -> [ConnectionAction] {
        switch state {
        case .dialing(let deadline): return deadline <= now ? finish([.close(.timedOut(.dial))]) : finish([])
        case .handshaking(let handshake):
            return handshake.deadline <= now ? finish([.close(.timedOut(.handshake))]) : finish([])
        case .established:
            guard var connection = takeEstablished() else { return [] }
            let actions = connection.tick(now: now)
            restore(connection)
            return finish(actions)
        case .closed: return []
        }
    }

    /// The WebSocket failed to open, broke or was closed by the service.
    package mutating func closed() -> [ConnectionAction] {
        switch state {
        case .dialing, .handshaking: finish([.close(.lost)])
        case .established(let connection): finish([.close(connection.announcedReason ?? .lost)])
        case .closed: []
        }
    }

    /// The owner wants it to end.
    package mutating func disconnect() -> [ConnectionAction] {
        closeReason == nil ? finish([.close(.requested)]) : []
    }

    /// An id for a request, unique within the connection; nil where nothing can be sent.
    package mutating func makeRequestID() -> String? {
        guard var connection = takeEstablished() else { return nil }
        defer { restore(connection) }
        return connection.makeRequestID()
    }

    private mutating func establishedReceived(_ bytes: some Sequence<UInt8>, now: Int64) -> [ConnectionAction] {
        guard var connection = takeEstablished() else { return [] }
        defer { restore(connection) }
        return connection.received(bytes, now: now)
    }

    /// Leaves no second copy in the state, so that buffers are changed in place; ``restore(_:)`` must follow.
    private mutating func takeEstablished() -> EstablishedConnection? {
        guard case .established(let connection) = state else { return nil }
        state = .closed(.lost)
        return connection
    }

    private mutating func restore(_ connection: EstablishedConnection) { state = .established(connection) }

    /// Takes over a close, and tells a changed deadline.
    private mutating func finish(_ actions: [ConnectionAction]) -> [ConnectionAction] {
        if case .close(let reason) = actions.last {
            state = .closed(reason)
            return actions
        }
        guard let deadline, deadline != toldDeadline else { return actions }
        toldDeadline = deadline
        return actions + [.deadline(deadline)]
    }
}
