/// What follows a close.
package enum Reconnection: Equatable, Sendable {
    case reconnectAtOnce
    /// Wait as ``Backoff`` says, with this many steps added.
    case reconnectAfterBackoff(extraSteps: Int)
    /// Wait for a person; the session stays.
    case stop
    /// Wait for a person, but no longer than this; the session stays.
    case stopFor(milliseconds: Int64)
    /// Tell the owner, remove the session's keys; only a new pairing helps.
    case wipeAndStop
    /// Look up the current client version, connect once more, then ``stop``.
    case refreshVersionAndRetryOnce
}

extension CloseReason {
    /// Steps of back-off that being told "too many requests" counts for.
    private static let rateLimitSteps = 5
    /// Seconds; a ban that is said to last longer is looked at again after 30 days.
    private static let longestBan: UInt64 = 2_592_000

    /// What follows this close; the only place where that is decided.
    package var reconnection: Reconnection {
        switch self {
        case .restartRequired: .reconnectAtOnce
        case .lost, .timedOut, .frame, .transport, .streamEnded, .serverTrouble, .unacknowledged, .notWellFormed, .streamError:
            .reconnectAfterBackoff(extraSteps: 0)
        case .handshake(let error): Self.reconnection(after: error)
        case .rateLimited: .reconnectAfterBackoff(extraSteps: Self.rateLimitSteps)
        case .temporarilyBanned(_, let expires?): .stopFor(milliseconds: Int64(min(expires, Self.longestBan)) * 1_000)
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
