import Model
import WhatsApp

/// One WebSocket connection, from its first byte to its close.
struct ClientConnection: Sendable {
    enum Phase: Sendable {
        case header(ConnectionHeaderDecoder)
        case hello(NoiseServerHandshake)
        case finish(NoiseServerHandshake)
        case registering(PairingAttempt)
        case online(DeviceAddress)
        /// Told to go; whatever still comes is ignored.
        case leaving
    }

    var phase: Phase
    var decoder = FrameDecoder(limit: Frame.maximumHandshakePayload)
    /// From the end of the handshake on.
    var transport: NoiseTransport?
    let openedAt: Timestamp
    var lastHeard: Timestamp
    /// The client said `<active/>`: its queue flows.
    var isActive = false
    /// The queue's length at `<active/>`; its end is still to be announced.
    var offlineCount: Int?
    /// When a connection that was told to go is closed.
    var closeAt: Timestamp?
    /// Queries of the service that wait for an answer, by id.
    var openQueries: [String: Timestamp] = [:]

    init(now: Timestamp) {
        phase = .header(ConnectionHeaderDecoder())
        openedAt = now
        lastHeard = now
    }

    var device: DeviceAddress? {
        if case .online(let device) = phase { device } else { nil }
    }

    var pairing: PairingAttempt? {
        if case .registering(let attempt) = phase { attempt } else { nil }
    }

    var isLeaving: Bool {
        if case .leaving = phase { true } else { false }
    }
}
