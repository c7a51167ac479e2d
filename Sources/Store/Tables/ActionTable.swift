package import Model

/// What the daemon is asked to do beside sending.
package enum ActionKind: String, Sendable, CaseIterable {
    case read, typing
    case rejectCall = "reject_call"
}

/// A row of `wa_actions`.
package struct ActionRow: Sendable, Equatable {
    package enum Status: String, Sendable { case pending, done, failed }

    package let id: Int64
    package let sessionID: Int64
    package let kind: ActionKind
    /// JSON.
    package let payload: String
    package let status: Status
    package let errorCode: String?
    package let error: String?
    package let expiresAt: Timestamp?

    static let columns = "id, session_id, kind, payload, status, error_code, error, expires_at"

    init(_ row: Row) throws(StoreError) {
        id = try row.integer("id")
        sessionID = try row.integer("session_id")
        kind = try row.word("kind", as: ActionKind.self)
        payload = try row.text("payload")
        status = try row.word("status", as: Status.self)
        errorCode = try row.optionalText("error_code")
        error = try row.optionalText("error")
        expiresAt = try row.optionalMoment("expires_at")
    }
}

/// Queries on `wa_actions`.
package struct ActionTable {
    let database: Database

    /// - Parameter rows: messages that count as read from now on; all or nothing with the row.
    package func insert(
        _ kind: ActionKind, payload: JSONValue, expiresAt: Timestamp? = nil, reading rows: [Int64] = [], session: Int64, now: Timestamp
    ) throws(StoreError) -> Int64 {
        try database.atomically { () throws(StoreError) in
            try database.messages.markRead(ids: rows, at: now, session: session)
            return try database.run(
                "INSERT INTO wa_actions (session_id, kind, payload, expires_at, created_at) VALUES (?, ?, ?, ?, ?)",
                [.integer(session), .word(kind), .text(CanonicalJSON.text(payload)), .optional(expiresAt), .moment(now)]
            ).insertID
        }
    }

    package func find(id: Int64) throws(StoreError) -> ActionRow? { try rows("id = ?", [.integer(id)]).first }

    /// What waits, oldest first.
    package func pending(session: Int64, limit: Int) throws(StoreError) -> [ActionRow] {
        try rows("session_id = ? AND status = 'pending' ORDER BY id LIMIT ?", [.integer(session), .unsigned(limit)])
    }

    package func finish(id: Int64, error: (code: String, text: String)? = nil, at now: Timestamp) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_actions SET status = ?, error_code = ?, error = ?, finished_at = ? WHERE id = ? AND status = 'pending'",
            [
                .word(error == nil ? ActionRow.Status.done : .failed), .optional(error?.code.clipped(to: 64)),
                .optional(error?.text.clipped(to: 1_000)), .moment(now), .integer(id),
            ])
    }

    /// Deletes rows older than `moment`, done or not: what waited so long is of no use.
    /// - Returns: how many; the caller goes on while it is `limit`.
    package func prune(before moment: Timestamp, limit: Int) throws(StoreError) -> Int {
        try database.run("DELETE FROM wa_actions WHERE created_at < ? ORDER BY created_at LIMIT ?", [.moment(moment), .unsigned(limit)])
            .affectedRows
    }

    private func rows(_ condition: String, _ parameters: [SQLValue]) throws(StoreError) -> [ActionRow] {
        try database.run("SELECT \(ActionRow.columns) FROM wa_actions WHERE \(condition)", parameters).rows
            .map { row throws(StoreError) in try ActionRow(row) }
    }
}
