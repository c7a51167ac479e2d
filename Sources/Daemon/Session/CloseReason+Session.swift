import Model
import WhatsApp

extension CloseReason {
    /// What the session's row says of it.
    var sessionReason: SessionReason {
        switch self {
        case .requested: .manual
        case .replaced: .replaced
        case .temporarilyBanned, .banned, .accountLocked: .banned
        case .clientOutdated: .clientOutdated
        case .deviceRemoved, .loggedOut: .loggedOut
        case .badUserAgent, .refused: .badSession
        case .handshake(.certificate): .wrongServerKey
        default: .connectionLost
        }
    }
}

extension SessionEnd {
    /// The `reason` of the webhook `connection.disconnected`.
    var eventReason: String {
        switch self {
        case .wish: "manual"
        case .unlinked: "logout"
        case .stopping, .leaseLost: "daemon_stopped"
        case .closed(let reason):
            switch reason.sessionReason {
            case .loggedOut: "logout"
            case .replaced: "connection_replaced"
            case .banned: "banned"
            case .clientOutdated: "client_outdated"
            case .badSession, .wrongServerKey: "bad_session"
            default: "connection_lost"
            }
        default: "connection_lost"
        }
    }
}
