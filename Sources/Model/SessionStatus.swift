/// Where a WhatsApp session (one number) stands; the API's `status` and the column `wa_sessions.status`.
package enum SessionStatus: String, Sendable, CaseIterable {
    case connected, connecting, disconnected
    case qrReady = "qr_ready"
    case pairingCode = "pairing_code"
}

/// What the owner wants of a session; the column `wa_sessions.wanted`, written by API and commands, obeyed by the daemon.
package enum SessionWish: String, Sendable, CaseIterable {
    case connected, disconnected
    /// Unlink the device and clear its credentials, then be ``disconnected``.
    case loggedOut = "logged_out"
}

/// Why a session is not connected, beyond its ``SessionStatus``; the API's `reason` and the column `wa_sessions.reason`.
package enum SessionReason: String, Sendable, CaseIterable {
    case loggedOut = "logged_out"
    case banned
    case replaced
    case clientOutdated = "client_outdated"
    case passkeyRequired = "passkey_required"
    case manual
    case connectionLost = "connection_lost"
    case badSession = "bad_session"
    case daemonStopped = "daemon_stopped"
    case qrExpired = "qr_expired"
    case pairingFailed = "pairing_failed"
    case wrongServerKey = "wrong_server_key"
    case leaseHeldElsewhere = "running_elsewhere"
}
