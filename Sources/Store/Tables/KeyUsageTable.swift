import Model

/// A row of `wa_key_usage`.
package struct KeyUsageRow: Sendable, Equatable {
    package let day: UsageDay
    package let keyName: String
    package let requests: Int64
    package let messages: Int64
    package let refusals: Int64
}

/// Queries on `wa_key_usage`: what each key did each day. The same row is the counter of the key's daily limit, so that counting costs nothing more.
package struct KeyUsageTable {
    let database: Database

    /// Counts messages, all of them or, where they go beyond the limit, none.
    /// - Returns: false where they do. For the transaction that stores them.
    func take(_ allowance: MessageAllowance) throws(StoreError) -> Bool {
        try open(allowance.day)
        let count = Int64(allowance.count)
        return try database.run(
            "UPDATE wa_key_usage SET messages = messages + ? WHERE api_key_id = ? AND day = ? AND messages + ? <= ?",
            [.integer(count), .integer(allowance.day.apiKeyID), .text(allowance.day.date), .integer(count), .integer(allowance.limit ?? .max)]
        ).affectedRows > 0
    }

    /// Counts a request that was not let in.
    package func refused(_ day: UsageDay) throws(StoreError) {
        _ = try database.run(
            "INSERT INTO wa_key_usage (api_key_id, day, refusals) VALUES (?, ?, 1) ON DUPLICATE KEY UPDATE refusals = refusals + 1",
            [.integer(day.apiKeyID), .text(day.date)])
    }

    /// Requests that were let in on this day, with the row locked until the transaction ends.
    func lockedRequests(_ day: UsageDay) throws(StoreError) -> Int64 {
        try open(day)
        let rows = try database.run(
            "SELECT requests FROM wa_key_usage WHERE api_key_id = ? AND day = ? FOR UPDATE", [.integer(day.apiKeyID), .text(day.date)]
        ).rows
        guard let row = rows.first else { throw .deadlock }
        return try row.integer("requests")
    }

    func countRequest(_ day: UsageDay) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_key_usage SET requests = requests + 1 WHERE api_key_id = ? AND day = ?", [.integer(day.apiKeyID), .text(day.date)])
    }

    private func open(_ day: UsageDay) throws(StoreError) {
        // The row must be there to be locked; an update that changes nothing takes the same lock.
        _ = try database.run(
            "INSERT INTO wa_key_usage (api_key_id, day) VALUES (?, ?) ON DUPLICATE KEY UPDATE requests = requests",
            [.integer(day.apiKeyID), .text(day.date)])
    }

    /// The newest days first.
    /// - Parameters:
    ///   - key: nil is every key; `session` likewise.
    package func list(key: Int64? = nil, session: Int64? = nil, limit: Int) throws(StoreError) -> [KeyUsageRow] {
        try database.run(
            """
            SELECT u.api_key_id, k.name, CAST(u.day AS CHAR(10)) AS day, u.requests, u.messages, u.refusals FROM wa_key_usage u
            JOIN wa_api_keys k ON k.id = u.api_key_id WHERE (? IS NULL OR u.api_key_id = ?) AND (? IS NULL OR k.session_id = ?)
            ORDER BY u.day DESC, u.api_key_id LIMIT ?
            """, [.optional(key), .optional(key), .optional(session), .optional(session), .unsigned(limit)]
        ).rows.map { row throws(StoreError) in
            KeyUsageRow(
                day: UsageDay(apiKeyID: try row.integer("api_key_id"), date: try row.text("day")), keyName: try row.text("name"),
                requests: try row.integer("requests"), messages: try row.integer("messages"), refusals: try row.integer("refusals"))
        }
    }

    /// Deletes days before `date` (`2026-03-01`).
    /// - Returns: how many; the caller goes on while it is `limit`.
    package func prune(before date: String, limit: Int) throws(StoreError) -> Int {
        try database.run("DELETE FROM wa_key_usage WHERE day < ? ORDER BY day LIMIT ?", [.text(date), .unsigned(limit)]).affectedRows
    }
}
