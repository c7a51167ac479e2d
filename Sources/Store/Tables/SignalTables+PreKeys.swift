// One-time pre-keys, `wa_pre_keys`.
extension SignalTables {
    private func place(_ id: UInt32, _ session: Int64) -> SealedPlace {
        SealedPlace("wa_pre_keys", "private_key", session: session, String(id))
    }

    /// Rows of one INSERT; together they stay far below the packet size of any server.
    private static let batch = 100

    /// Stores new pre-keys, before their public halves are uploaded.
    /// - Throws: `duplicate` where a number is in use: a number never stands for two keys.
    package func insertPreKeys(_ keys: [PreKeyRow], session: Int64) throws(StoreError) {
        try database.atomically { () throws(StoreError) in
            for start in stride(from: 0, to: keys.count, by: Self.batch) {
                let part = keys[start..<min(start + Self.batch, keys.count)]
                var parameters: [SQLValue] = []
                for key in part {
                    let sealed = try database.sealer.seal(key.privateKey, at: place(key.id, session))
                    parameters += [.integer(session), .unsigned(key.id), .bytes(sealed)]
                }
                let marks = Array(repeating: "(?, ?, ?)", count: part.count).joined(separator: ", ")
                _ = try database.run("INSERT INTO wa_pre_keys (session_id, key_id, private_key) VALUES \(marks)", parameters)
            }
        }
    }

    /// The private half; nil where the key was used up or never existed.
    package func preKey(id: UInt32, session: Int64) throws(StoreError) -> PreKeyRow? {
        let rows = try database.run(
            "SELECT private_key FROM wa_pre_keys WHERE session_id = ? AND key_id = ?", [.integer(session), .unsigned(id)]
        ).rows
        guard let row = rows.first else { return nil }
        return PreKeyRow(id: id, privateKey: try database.sealer.open(row.bytes("private_key"), at: place(id, session)))
    }

    /// Removes a key that was used, in the transaction that stores the session it made.
    package func removePreKey(id: UInt32, session: Int64) throws(StoreError) {
        _ = try database.run("DELETE FROM wa_pre_keys WHERE session_id = ? AND key_id = ?", [.integer(session), .unsigned(id)])
    }

    /// Keys whose upload was never confirmed, oldest first: after a lost answer the same ones are offered again.
    package func preKeysNotUploaded(limit: Int, session: Int64) throws(StoreError) -> [PreKeyRow] {
        let rows = try database.run(
            """
            SELECT key_id, private_key FROM wa_pre_keys WHERE session_id = ? AND uploaded = 0 ORDER BY created_at, key_id LIMIT ?
            """, [.integer(session), .unsigned(limit)]
        ).rows
        return try rows.map { row throws(StoreError) in
            let id = try row.integer("key_id", as: UInt32.self)
            return PreKeyRow(id: id, privateKey: try database.sealer.open(row.bytes("private_key"), at: place(id, session)))
        }
    }

    /// The service has confirmed these keys.
    package func markUploaded(_ ids: [UInt32], session: Int64) throws(StoreError) {
        try database.atomically { () throws(StoreError) in
            for id in ids {
                _ = try database.run(
                    "UPDATE wa_pre_keys SET uploaded = 1 WHERE session_id = ? AND key_id = ?", [.integer(session), .unsigned(id)])
            }
        }
    }

    /// How many one-time pre-keys there are, uploaded or not.
    package func preKeyCount(session: Int64) throws(StoreError) -> Int {
        let rows = try database.run("SELECT COUNT(*) AS n FROM wa_pre_keys WHERE session_id = ?", [.integer(session)]).rows
        return try rows.first?.integer("n", as: Int.self) ?? 0
    }
}
