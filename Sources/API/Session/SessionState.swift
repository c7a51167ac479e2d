import Model
import Store

/// `GET session/status`, and the shape of a session in other answers.
enum SessionState {
    /// How long the daemon may take to say that it is there; it answers within a millisecond.
    private static let pingMilliseconds: Int64 = 500

    static let answer: @Sendable (Call) throws -> Success = { call in
        let row = try call.session()
        return Success(data: data(row, daemonRuns: daemonRuns(call, row), now: call.now))
    }

    /// Whether a daemon answers. One that is too busy to answer counts as running while its lease on the session holds.
    static func daemonRuns(_ call: Call, _ row: SessionRow) -> Bool {
        switch call.doorbell.ring(.ping, until: call.deadline.capped(pingMilliseconds)) {
        case .answered: true
        case .stopped: false
        case .unanswered: row.leaseExpiresAt.map { $0 > call.now } ?? false
        }
    }

    /// The row's status, corrected by what it cannot know: a daemon that was killed left its last words there.
    static func status(_ row: SessionRow, daemonRuns: Bool, now: Timestamp) -> SessionStatus {
        guard daemonRuns else { return .disconnected }
        if row.status == .qrReady, let expiry = row.qrExpiresAt, expiry <= now { return .connecting }
        return row.status
    }

    static func data(_ row: SessionRow, daemonRuns: Bool, now: Timestamp) -> JSONValue {
        let status = status(row, daemonRuns: daemonRuns, now: now)
        let isConnected = status == .connected
        let reason = daemonRuns ? row.reason : .daemonStopped
        return .members([
            "status": .string(status.rawValue), "user": isConnected ? user(row) : .null,
            "connected_at": isConnected ? .text(row.connectedAt?.iso8601) : .null, "reason": isConnected ? .null : .text(reason?.rawValue),
            "last_seen_at": .text(row.lastSeenAt?.iso8601), "daemon": daemonRuns ? "running" : "stopped",
        ])
    }

    /// The account that the session is linked to, by its phone number.
    static func user(_ row: SessionRow) -> JSONValue {
        guard let number = row.phoneNumber else { return .null }
        return .members(["id": .string(JID(user: number, server: .phoneNumber).description), "name": .text(row.pushName)])
    }
}
