/// What follows a close.
package enum Reconnection: Equatable, Sendable {
    case reconnectAtOnce
    /// Wait as ``Backoff`` says, with this many steps added.
    case reconnectAfterBackoff(extraSteps: Int)
    /// Wait for a person; the session stays.
    case stop
    /// Tell the owner, remove the session's keys; only a new pairing helps.
    case wipeAndStop
    /// Look up the current client version, connect once more, then ``stop``.
    case refreshVersionAndRetryOnce
}

extension CloseReason {
    /// Steps of back-off that being told "too many requests" counts for.
    private static let rateLimitSteps = 5

    /// What follows this close; the only place where that is decided.
    package var reconnection: Reconnection {
        switch self {
        case .restartRequired: .reconnectAtOnce
        case .lost, .timedOut, .frame, .transport, .streamEnded, .serverTrouble, .unacknowledged, .notWellFormed, .streamError:
            .reconnectAfterBackoff(extraSteps: 0)
        case .handshake(let error): Self.reconnection(after: error)
        case .rateLimited: .reconnectAfterBackoff(extraSteps: Self.rateLimitSteps)
        case .requested, .replaced, .temporarilyBanned, .badUserAgent, .refused: .stop
        case .deviceRemoved, .loggedOut, .accountLocked, .banned: .wipeAndStop
        case .clientOutdated: .refreshVersionAndRetryOnce
        }
    }

    /// A wrong certificate or clock does not mend itself; anything else in a handshake may be the network.
    private static func reconnection(after error: NoiseError) -> Reconnection {
        if case .certificate = error { .stop } else { .reconnectAfterBackoff(extraSteps: 0) }
    }
}
