import Model
import Store

/// `POST session/disconnect` and `POST session/logout`.
enum SessionEnd {
    static let disconnect: @Sendable (Call) throws -> Success = { call in
        _ = try call.fields()
        return try end(call, .disconnected, done: "Disconnected successfully")
    }

    static let logout: @Sendable (Call) throws -> Success = { call in
        let purge = try call.fields().optionalFlag("purge") ?? false
        let answer = try end(call, .loggedOut, done: "Logged out successfully")
        if purge { try call.database.sessions.purgeLog(id: call.key.sessionID) }
        return answer
    }

    /// The row says what is wanted; where the daemon runs it is told at once, and waited for if a slot is free.
    private static func end(_ call: Call, _ wish: SessionWish, done: String) throws -> Success {
        let row = try call.session()
        let daemonRuns = SessionState.daemonRuns(call, row)
        try call.database.sessions.setWanted(wish, id: row.id)
        guard daemonRuns else {
            return Success(
                data: .members(["status": "disconnected", "daemon": "stopped"]),
                message: "\(done) (the daemon is stopped; it finishes this when it starts)")
        }
        call.ringAndWait(.session(row.id))
        return Success(data: SessionState.data(try call.session(), daemonRuns: true, now: call.now), message: done)
    }
}
