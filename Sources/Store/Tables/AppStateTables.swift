package import Model

/// Queries on `wa_app_state` and `wa_app_state_values`: how far the shared settings are known. Keys have a file of their own.
///
/// Everything belongs to the caller's transaction, together with the effects of what was read.
package struct AppStateTables {
    let database: Database

    /// Rows of one statement; together they stay far below the packet size of any server.
    private static let batch = 200

    /// nil where the collection was never fetched. Locked until the transaction's end.
    package func load(_ collection: String, session: Int64) throws(StoreError) -> AppStateRow? {
        try database.run(
            "SELECT version, hash, status, missing_key FROM wa_app_state WHERE session_id = ? AND collection = ? FOR UPDATE",
            [.integer(session), .text(collection)]
        ).rows.first.map { row throws(StoreError) in try AppStateRow(row) }
    }

    package func save(_ row: AppStateRow, of collection: String, session: Int64) throws(StoreError) {
        _ = try database.run(
            """
            INSERT INTO wa_app_state (session_id, collection, version, hash, status, missing_key) VALUES (?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE version = VALUES(version), hash = VALUES(hash), status = VALUES(status), missing_key = VALUES(missing_key)
            """,
            [
                .integer(session), .text(collection), .integer(row.version), .bytes(row.hash), .word(row.status),
                .optional(row.missingKey),
            ])
    }

    /// Nothing newer is known to the service.
    package func setSynced(_ collection: String, at now: Timestamp, session: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_app_state SET synced_at = ?, missing_key = NULL WHERE session_id = ? AND collection = ?",
            [.moment(now), .integer(session), .text(collection)])
    }

    /// The collections that have been fetched completely at least once.
    package func synced(session: Int64) throws(StoreError) -> [String] {
        try database.run("SELECT collection FROM wa_app_state WHERE session_id = ? AND synced_at IS NOT NULL", [.integer(session)]).rows
            .map { row throws(StoreError) in try row.text("collection") }
    }

    // MARK: Values

    /// Value MACs by index MAC, 32 bytes each, of those that are known.
    package func values(_ indexMACs: [[UInt8]], of collection: String, session: Int64) throws(StoreError) -> [[UInt8]: [UInt8]] {
        var found: [[UInt8]: [UInt8]] = [:]
        for start in stride(from: 0, to: indexMACs.count, by: Self.batch) {
            let part = indexMACs[start..<min(start + Self.batch, indexMACs.count)]
            let marks = Array(repeating: "?", count: part.count).joined(separator: ", ")
            let rows = try database.run(
                "SELECT index_mac, value_mac FROM wa_app_state_values WHERE session_id = ? AND collection = ? AND index_mac IN (\(marks))",
                [.integer(session), .text(collection)] + part.map { .bytes($0) }
            ).rows
            for row in rows { found[try row.bytes("index_mac")] = try row.bytes("value_mac") }
        }
        return found
    }

    /// Notes values; nil for those that were removed. The collection's row must be there.
    package func put(_ values: [[UInt8]: [UInt8]?], version: Int64, of collection: String, session: Int64) throws(StoreError) {
        let kept = values.compactMap { index, value in value.map { (index, $0) } }
        for start in stride(from: 0, to: kept.count, by: Self.batch) {
            let part = kept[start..<min(start + Self.batch, kept.count)]
            let marks = Array(repeating: "(?, ?, ?, ?, ?)", count: part.count).joined(separator: ", ")
            _ = try database.run(
                """
                INSERT INTO wa_app_state_values (session_id, collection, index_mac, value_mac, version) VALUES \(marks)
                ON DUPLICATE KEY UPDATE value_mac = VALUES(value_mac), version = VALUES(version)
                """,
                part.flatMap { index, value -> [SQLValue] in
                    [.integer(session), .text(collection), .bytes(index), .bytes(value), .integer(version)]
                })
        }
        for (index, value) in values where value == nil {
            _ = try database.run(
                "DELETE FROM wa_app_state_values WHERE session_id = ? AND collection = ? AND index_mac = ?",
                [.integer(session), .text(collection), .bytes(index)])
        }
    }

    /// Before a snapshot takes their place.
    package func forgetValues(of collection: String, session: Int64) throws(StoreError) {
        _ = try database.run(
            "DELETE FROM wa_app_state_values WHERE session_id = ? AND collection = ?", [.integer(session), .text(collection)])
    }
}
