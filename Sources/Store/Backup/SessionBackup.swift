package import Model

/// What a link to a phone consists of, as lines of JSON: keys, encryption states, shared settings. Secrets in it are sealed as they are in the tables, so
/// that it opens with the same `secret.key` only. The log, contacts, API keys and webhooks are not part of it: exports of the database hold those.
///
/// The first line says what it is, the last one how many rows there were: a file that was cut off is noticed before anything is changed.
package struct SessionBackup {
    package static let format: Int64 = 1
    /// Rows that are read at a time.
    private static let batch = 200

    /// In the order in which they refer to each other, with what their rows are put in order by.
    static let tables: [(name: String, order: String)] = [
        ("wa_credentials", "session_id"), ("wa_signed_pre_keys", "key_id"), ("wa_pre_keys", "key_id"), ("wa_signal_identities", "address"),
        ("wa_signal_sessions", "address"), ("wa_sender_keys", "group_jid, sender"), ("wa_app_state_keys", "key_id"),
        ("wa_app_state", "collection"), ("wa_app_state_values", "collection, index_mac"), ("wa_privacy_tokens", "lid"),
    ]
    /// What of the session's own row belongs to the link.
    static let ownColumns = ["jid", "lid", "phone_number", "push_name", "business_name", "platform"]

    let database: Database

    package init(_ database: Database) { self.database = database }

    /// - Parameter line: gets each line, without its end.
    /// - Returns: how many rows there are.
    package func write(session: SessionRow, now: Timestamp, line: (String) throws -> Void) throws -> Int64 {
        // One transaction is one moment, however long the writing takes.
        try database.transaction {
            var count: Int64 = 0
            let head: JSONValue = .members([
                "wa_connect_backup": .integer(Self.format), "session": .integer(session.id), "name": .string(session.name),
                "phone_number": .text(session.phoneNumber), "sealed_with": .string(database.sealer.keyName), "made_at": .string(now.iso8601),
            ])
            try line(CanonicalJSON.text(head))
            let own = try database.run(
                "SELECT \(Self.ownColumns.joined(separator: ", ")) FROM wa_sessions WHERE id = ?", [.integer(session.id)])
            for row in own.rows {
                try line(Self.text(row, table: "wa_sessions"))
                count += 1
            }
            for (table, order) in Self.tables {
                var offset: Int64 = 0
                while true {
                    let rows = try database.run(
                        "SELECT * FROM \(table) WHERE session_id = ? ORDER BY \(order) LIMIT ? OFFSET ?",
                        [.integer(session.id), .unsigned(Self.batch), .integer(offset)]
                    ).rows
                    for row in rows { try line(Self.text(row, table: table)) }
                    offset += Int64(rows.count)
                    guard rows.count == Self.batch else { break }
                }
                count += offset
            }
            try line(CanonicalJSON.text(.members(["rows": .integer(count)])))
            return count
        }
    }

    private static func text(_ row: Row, table: String) -> String {
        let members = zip(row.columns.names, row.values).map { JSONMember($0, BackupLine.json($1)) }
        return CanonicalJSON.text(.members(["table": .string(table), "row": .object(members)]))
    }
}
