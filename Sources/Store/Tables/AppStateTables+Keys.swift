import CryptoPrimitives
package import Model

/// A key of the shared settings.
package struct AppStateKeyRow: Sendable, Concealed {
    /// Hexadecimal.
    package let id: String
    /// 32 bytes.
    package let data: [UInt8]
    package let fingerprint: [UInt8]
    /// Milliseconds, as the phone wrote it.
    package let timestamp: Int64
    package var concealedByteCount: Int { data.count }

    package init(id: String, data: [UInt8], fingerprint: [UInt8], timestamp: Int64) {
        self.id = id
        self.data = data
        self.fingerprint = fingerprint
        self.timestamp = timestamp
    }
}

// `wa_app_state_keys`. Keys are kept for ever: old values stay encrypted with old keys.
extension AppStateTables {
    private func place(_ id: String, _ session: Int64) -> SealedPlace {
        SealedPlace("wa_app_state_keys", "key_data", session: session, id)
    }

    /// - Returns: true where the key was not there.
    package func put(_ key: AppStateKeyRow, session: Int64) throws(StoreError) -> Bool {
        let isNew = try self.key(key.id, session: session) == nil
        _ = try database.run(
            """
            INSERT INTO wa_app_state_keys (session_id, key_id, key_data, fingerprint, key_at) VALUES (?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE key_data = VALUES(key_data), fingerprint = VALUES(fingerprint), key_at = VALUES(key_at)
            """,
            [
                .integer(session), .text(key.id), .bytes(try database.sealer.seal(key.data, at: place(key.id, session))),
                .bytes(key.fingerprint), .integer(key.timestamp),
            ])
        return isNew
    }

    /// nil where the key has not come yet.
    package func key(_ id: String, session: Int64) throws(StoreError) -> AppStateKeyRow? {
        let rows = try database.run(
            "SELECT key_data, fingerprint, key_at FROM wa_app_state_keys WHERE session_id = ? AND key_id = ?",
            [.integer(session), .text(id)]
        ).rows
        guard let row = rows.first, let sealed = try row.optionalBytes("key_data") else { return nil }
        return AppStateKeyRow(
            id: id, data: try database.sealer.open(sealed, at: place(id, session)), fingerprint: try row.optionalBytes("fingerprint") ?? [],
            timestamp: try row.integer("key_at"))
    }

    /// All that have come, hexadecimal.
    package func keyIDs(session: Int64) throws(StoreError) -> [String] {
        try database.run(
            "SELECT key_id FROM wa_app_state_keys WHERE session_id = ? AND key_data IS NOT NULL ORDER BY key_id", [.integer(session)]
        ).rows.map { row throws(StoreError) in try row.text("key_id") }
    }

    /// Notes that the phone is asked for a key.
    /// - Returns: false where it was asked after `moment`; then it is not asked again.
    package func ask(forKey id: String, notAfter moment: Timestamp, now: Timestamp, session: Int64) throws(StoreError) -> Bool {
        let rows = try database.run(
            "SELECT asked_at FROM wa_app_state_keys WHERE session_id = ? AND key_id = ? FOR UPDATE", [.integer(session), .text(id)]
        ).rows
        if let asked = try rows.first?.optionalMoment("asked_at"), asked > moment { return false }
        _ = try database.run(
            """
            INSERT INTO wa_app_state_keys (session_id, key_id, asked_at) VALUES (?, ?, ?)
            ON DUPLICATE KEY UPDATE asked_at = VALUES(asked_at)
            """, [.integer(session), .text(id), .moment(now)])
        return true
    }
}
