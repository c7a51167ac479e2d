package import Model

// Signed pre-keys belong to the credentials; old ones stay, as messages to them arrive for weeks.
extension CredentialsTable {
    private func place(_ id: UInt32, _ session: Int64) -> SealedPlace {
        SealedPlace("wa_signed_pre_keys", "private_key", session: session, String(id))
    }

    /// Stores a signed pre-key; ``offerSignedPreKey(id:session:)`` puts it into use.
    package func addSignedPreKey(_ key: SignedPreKeyRow, session: Int64) throws(StoreError) {
        let sealed = try database.sealer.seal(key.privateKey, at: place(key.id, session))
        _ = try database.run(
            "INSERT INTO wa_signed_pre_keys (session_id, key_id, private_key, signature) VALUES (?, ?, ?, ?)",
            [.integer(session), .unsigned(key.id), .bytes(sealed), .bytes(key.signature)])
    }

    /// The key that others are given from now on.
    package func offerSignedPreKey(id: UInt32, session: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_credentials SET signed_pre_key_id = ? WHERE session_id = ?", [.unsigned(id), .integer(session)])
    }

    /// The key that was made last, in use or not yet confirmed by the service.
    package func newestSignedPreKey(session: Int64) throws(StoreError) -> (id: UInt32, madeAt: Timestamp, isInUse: Bool)? {
        let row = try database.run(
            """
            SELECT k.key_id, k.created_at, k.key_id <=> c.signed_pre_key_id AS is_in_use FROM wa_signed_pre_keys k
            JOIN wa_credentials c ON c.session_id = k.session_id WHERE k.session_id = ? ORDER BY k.created_at DESC, k.key_id DESC LIMIT 1
            """, [.integer(session)]
        ).rows.first
        guard let row else { return nil }
        return (try row.integer("key_id", as: UInt32.self), try row.moment("created_at"), try row.flag("is_in_use"))
    }

    package func signedPreKey(id: UInt32, session: Int64) throws(StoreError) -> SignedPreKeyRow? {
        let rows = try database.run(
            "SELECT private_key, signature FROM wa_signed_pre_keys WHERE session_id = ? AND key_id = ?", [.integer(session), .unsigned(id)]
        ).rows
        guard let row = rows.first else { return nil }
        let key = try database.sealer.open(row.bytes("private_key"), at: place(id, session))
        return SignedPreKeyRow(id: id, privateKey: key, signature: try row.bytes("signature"))
    }

    /// Removes a signed pre-key that the service refused; one in use stays.
    package func deleteSignedPreKey(id: UInt32, session: Int64) throws(StoreError) {
        _ = try database.run(
            """
            DELETE FROM wa_signed_pre_keys WHERE session_id = ? AND key_id = ?
            AND key_id NOT IN (SELECT signed_pre_key_id FROM wa_credentials WHERE session_id = ? AND signed_pre_key_id IS NOT NULL)
            """, [.integer(session), .unsigned(id), .integer(session)])
    }
}
