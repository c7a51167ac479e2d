package import Model

/// Queries on `wa_webhooks`.
package struct WebhookTable {
    let database: Database

    /// - Parameters:
    ///   - events: nil is all.
    ///   - session: nil is every session.
    package func add(
        url: String, name: String = "", events: [EventName]? = nil, secret: String? = nil, headers: WebhookHeaders? = nil, session: Int64? = nil
    ) throws(StoreError) -> Int64 {
        try database.run(
            "INSERT INTO wa_webhooks (url, name, events, secret, headers, session_id, created_at) VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3))",
            [
                .text(url), .text(name), .text(events?.map(\.rawValue).joined(separator: ",") ?? "*"), .optional(secret),
                .optional(headers?.text), .optional(session),
            ]
        ).insertID
    }

    /// - Parameter session: nil is every webhook; else those of this session alone.
    package func list(session: Int64? = nil) throws(StoreError) -> [WebhookRow] {
        guard let session else { return try rows("ORDER BY id", []) }
        return try rows("WHERE session_id = ? ORDER BY id", [.integer(session)])
    }

    /// Writes what an owner may change.
    /// - Parameters:
    ///   - events: empty is all.
    ///   - secret: nil is no signature.
    /// - Returns: false where there is none.
    package func update(
        id: Int64, url: String, name: String, events: [EventName], secret: String?, headers: WebhookHeaders, isActive: Bool
    ) throws(StoreError) -> Bool {
        try database.run(
            "UPDATE wa_webhooks SET url = ?, name = ?, events = ?, secret = ?, headers = ?, active = ? WHERE id = ?",
            [
                .text(url), .text(name), .text(events.isEmpty ? "*" : events.map(\.rawValue).joined(separator: ",")), .optional(secret),
                .optional(headers.headers.isEmpty ? nil : headers.text), .flag(isActive), .integer(id),
            ]
        ).affectedRows > 0
    }

    package func find(id: Int64) throws(StoreError) -> WebhookRow? { try rows("WHERE id = ?", [.integer(id)]).first }

    /// - Returns: false where there is none.
    package func delete(id: Int64) throws(StoreError) -> Bool {
        try database.run("DELETE FROM wa_webhooks WHERE id = ?", [.integer(id)]).affectedRows > 0
    }

    /// - Returns: false where there is none.
    package func setActive(_ active: Bool, id: Int64) throws(StoreError) -> Bool {
        try database.run("UPDATE wa_webhooks SET active = ? WHERE id = ?", [.flag(active), .integer(id)]).affectedRows > 0
    }

    /// The active webhooks that get events of this session.
    package func active(session: Int64) throws(StoreError) -> [WebhookRow] {
        try rows("WHERE active = 1 AND (session_id IS NULL OR session_id = ?) ORDER BY id", [.integer(session)])
    }

    private func rows(_ condition: String, _ parameters: [SQLValue]) throws(StoreError) -> [WebhookRow] {
        try database.run("SELECT \(WebhookRow.columns) FROM wa_webhooks \(condition)", parameters).rows
            .map { row throws(StoreError) in try WebhookRow(row) }
    }

    /// Counts the webhook's events. The row stays locked until the transaction ends, so that numbers are in the order of commits.
    func nextSequence(id: Int64) throws(StoreError) -> Int64 {
        try database.run(
            "UPDATE wa_webhooks SET last_sequence = LAST_INSERT_ID(last_sequence + 1) WHERE id = ?", [.integer(id)]
        ).insertID
    }

    /// Says in the row what is wrong with it, or nothing any more.
    package func setProblem(_ problem: String?, id: Int64) throws(StoreError) {
        _ = try database.run("UPDATE wa_webhooks SET problem = ? WHERE id = ?", [.optional(problem?.clipped(to: 255)), .integer(id)])
    }

    func noteSuccess(id: Int64) throws(StoreError) {
        _ = try database.run("UPDATE wa_webhooks SET failing_since = NULL WHERE id = ? AND failing_since IS NOT NULL", [.integer(id)])
    }

    func noteFailure(id: Int64, at now: Timestamp) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_webhooks SET failing_since = ? WHERE id = ? AND failing_since IS NULL", [.moment(now), .integer(id)])
    }
}
