/// Queries on the encryption state with other devices: `wa_signal_sessions` and `wa_signal_identities`.
///
/// Addresses are Signal's text form `name.device`. Everything belongs to the caller's transaction.
package struct SignalTables {
    let database: Database

    private func place(_ address: String, _ session: Int64) -> SealedPlace {
        SealedPlace("wa_signal_sessions", "record", session: session, address)
    }

    /// The serialised record, nil where there is none.
    /// - Throws: `tampered` for a record that does not open; treat it as absent and let the retry mechanism build a new one.
    package func record(address: String, session: Int64) throws(StoreError) -> [UInt8]? {
        let rows = try database.run(
            "SELECT record FROM wa_signal_sessions WHERE session_id = ? AND address = ? FOR UPDATE", [.integer(session), .text(address)]
        ).rows
        guard let row = rows.first else { return nil }
        return try database.sealer.open(row.bytes("record"), at: place(address, session))
    }

    /// A record, or why it can not be read, and the identity that its address has.
    package struct Loaded {
        package let address: String
        package let record: Result<[UInt8], StoreError>
        package let identity: [UInt8]?
    }

    /// Addresses of one statement, which stays prepared.
    private static let loadedAtOnce = 4

    /// The records of those addresses that have one, with their identities: one round trip for a message to a few devices.
    package func load(addresses: [String], session: Int64) throws(StoreError) -> [Loaded] {
        var result: [Loaded] = []
        for part in addresses.chunks(of: Self.loadedAtOnce) {
            result += try database.run(
                """
                SELECT s.address, s.record, i.identity_key FROM wa_signal_sessions s
                LEFT JOIN wa_signal_identities i ON i.session_id = s.session_id AND i.address = s.address
                WHERE s.session_id = ? AND s.address IN (?, ?, ?, ?) FOR UPDATE
                """, [.integer(session)] + part.map { .text($0) }
            ).rows.map { row throws(StoreError) in try loaded(row, session) }
        }
        return result
    }

    private func loaded(_ row: Row, _ session: Int64) throws(StoreError) -> Loaded {
        let address = try row.text("address")
        let sealed = try row.bytes("record")
        let record = Result { () throws(StoreError) in try database.sealer.open(sealed, at: place(address, session)) }
        return Loaded(address: address, record: record, identity: try row.optionalBytes("identity_key"))
    }

    package func saveRecord(_ record: [UInt8], address: String, session: Int64) throws(StoreError) {
        try saveRecords([(address, record)], session: session)
    }

    /// ``saveRecord(_:address:session:)`` for several, in few round trips.
    package func saveRecords(_ records: [(address: String, record: [UInt8])], session: Int64) throws(StoreError) {
        for start in stride(from: 0, to: records.count, by: Self.loadedAtOnce) {
            let part = records[start..<min(start + Self.loadedAtOnce, records.count)]
            var parameters: [SQLValue] = []
            for (address, record) in part {
                parameters += [.integer(session), .text(address), .bytes(try database.sealer.seal(record, at: place(address, session)))]
            }
            _ = try database.run(
                """
                INSERT INTO wa_signal_sessions (session_id, address, record) VALUES \(part.map { _ in "(?, ?, ?)" }.joined(separator: ", "))
                ON DUPLICATE KEY UPDATE record = VALUES(record), updated_at = UTC_TIMESTAMP(3)
                """, parameters)
        }
    }

    package func deleteRecord(address: String, session: Int64) throws(StoreError) {
        _ = try database.run("DELETE FROM wa_signal_sessions WHERE session_id = ? AND address = ?", [.integer(session), .text(address)])
    }

    /// Which of the addresses have a record.
    package func addressesWithRecord(of user: String, session: Int64) throws(StoreError) -> [String] {
        let range = DeviceRange(user)
        return try database.run(
            "SELECT address FROM wa_signal_sessions WHERE session_id = ? AND address >= ? AND address < ? ORDER BY address",
            [.integer(session), .text(range.first), .text(range.end)]
        ).rows.map { row throws(StoreError) in try row.text("address") }
    }

    /// The other device's public identity key, 32 bytes.
    package func identity(address: String, session: Int64) throws(StoreError) -> [UInt8]? {
        try database.run(
            "SELECT identity_key FROM wa_signal_identities WHERE session_id = ? AND address = ?", [.integer(session), .text(address)]
        ).rows.first.map { row throws(StoreError) in try row.bytes("identity_key") }
    }

    /// - Throws: `invalidValue` for a key that has not 32 bytes.
    package func saveIdentity(_ key: [UInt8], address: String, session: Int64) throws(StoreError) {
        _ = try database.run(
            """
            INSERT INTO wa_signal_identities (session_id, address, identity_key) VALUES (?, ?, ?)
            ON DUPLICATE KEY UPDATE identity_key = VALUES(identity_key), updated_at = UTC_TIMESTAMP(3)
            """, [.integer(session), .text(address), .bytes(key)])
    }

    package func deleteIdentity(address: String, session: Int64) throws(StoreError) {
        _ = try database.run("DELETE FROM wa_signal_identities WHERE session_id = ? AND address = ?", [.integer(session), .text(address)])
    }
}
