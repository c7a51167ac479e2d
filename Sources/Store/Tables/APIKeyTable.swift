package import Model

/// Queries on `wa_api_keys`.
package struct APIKeyTable {
    let database: Database

    /// - Throws: `invalidValue` for a hash that is no lower-case hex SHA-256, `duplicate` for a key that exists, `reference` for an unknown session.
    package func insert(_ key: NewAPIKey) throws(StoreError) -> Int64 {
        try database.run(
            """
            INSERT INTO wa_api_keys (name, key_hash, permissions, session_id, expires_at, daily_limit, general_limit, send_limit, allowed_ips,
            daily_messages, created_at)
            VALUES (?, ?, COALESCE(?, DEFAULT(permissions)), ?, ?, COALESCE(?, DEFAULT(daily_limit)), ?, ?, ?, ?, UTC_TIMESTAMP(3))
            """,
            [
                .text(key.name), .text(key.hash), .optional(key.permissions), .integer(key.sessionID), .optional(key.expiresAt),
                .optional(key.dailyLimit), .optional(key.generalLimit), .optional(key.sendLimit), .optional(key.allowedIPs),
                .optional(key.dailyMessages),
            ]
        ).insertID
    }

    /// The key with this hash, active or not.
    /// - Parameter hash: lower-case hex SHA-256.
    package func find(hash: String) throws(StoreError) -> APIKeyRow? { try rows("WHERE key_hash = ?", [.text(hash)]).first }

    package func find(id: Int64) throws(StoreError) -> APIKeyRow? { try rows("WHERE id = ?", [.integer(id)]).first }

    /// Names are for people and need not be unique.
    package func find(name: String) throws(StoreError) -> [APIKeyRow] { try rows("WHERE name = ? ORDER BY id", [.text(name)]) }

    /// - Parameter session: nil is every session.
    package func list(session: Int64? = nil) throws(StoreError) -> [APIKeyRow] {
        guard let session else { return try rows("ORDER BY id", []) }
        return try rows("WHERE session_id = ? ORDER BY id", [.integer(session)])
    }

    private func rows(_ condition: String, _ parameters: [SQLValue]) throws(StoreError) -> [APIKeyRow] {
        try database.run("SELECT \(APIKeyRow.columns) FROM wa_api_keys \(condition)", parameters).rows
            .map { row throws(StoreError) in try APIKeyRow(row) }
    }

    /// - Returns: false where there is no such key.
    package func disable(id: Int64) throws(StoreError) -> Bool {
        try database.run("UPDATE wa_api_keys SET active = 0 WHERE id = ?", [.integer(id)]).affectedRows > 0
    }

    /// - Returns: false where there is no such key.
    package func delete(id: Int64) throws(StoreError) -> Bool {
        try database.run("DELETE FROM wa_api_keys WHERE id = ?", [.integer(id)]).affectedRows > 0
    }

    /// Says in the row what is wrong with it, or nothing any more.
    package func setProblem(_ problem: String?, id: Int64) throws(StoreError) {
        _ = try database.run("UPDATE wa_api_keys SET problem = ? WHERE id = ?", [.optional(problem?.clipped(to: 255)), .integer(id)])
    }

    /// Notes the use of a key, at most once a minute, so that reading requests rarely write.
    package func touchLastUsed(id: Int64, at now: Timestamp) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_api_keys SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)",
            [.moment(now), .integer(id), .moment(now.adding(milliseconds: -60_000))])
    }
}
