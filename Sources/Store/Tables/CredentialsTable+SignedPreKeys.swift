// Signed pre-keys belong to the credentials; old ones stay, as messages to them arrive for weeks.
extension CredentialsTable {
    private func place(_ id: UInt32, _ session: Int64) -> SealedPlace {
        SealedPlace("wa_signed_pre_keys", "private_key", session: session, String(id))
    }

    /// Stores a signed pre-key and offers it from now on.
    package func addSignedPreKey(_ key: SignedPreKeyRow, session: Int64) throws(StoreError) {
        try database.atomically { () throws(StoreError) in
            let sealed = try database.sealer.seal(key.privateKey, at: place(key.id, session))
            _ = try database.run(
                "INSERT INTO wa_signed_pre_keys (session_id, key_id, private_key, signature) VALUES (?, ?, ?, ?)",
                [.integer(session), .unsigned(key.id), .bytes(sealed), .bytes(key.signature)])
            _ = try database.run(
                "UPDATE wa_credentials SET signed_pre_key_id = ? WHERE session_id = ?", [.unsigned(key.id), .integer(session)])
        }
    }

    package func signedPreKey(id: UInt32, session: Int64) throws(StoreError) -> SignedPreKeyRow? {
        let rows = try database.run(
            "SELECT private_key, signature FROM wa_signed_pre_keys WHERE session_id = ? AND key_id = ?", [.integer(session), .unsigned(id)]
        ).rows
        guard let row = rows.first else { return nil }
        let key = try database.sealer.open(row.bytes("private_key"), at: place(id, session))
        return SignedPreKeyRow(id: id, privateKey: key, signature: try row.bytes("signature"))
    }

    /// Removes a signed pre-key that the service refused; the one before is offered again.
    package func deleteSignedPreKey(id: UInt32, session: Int64) throws(StoreError) {
        try database.atomically { () throws(StoreError) in
            _ = try database.run(
                "DELETE FROM wa_signed_pre_keys WHERE session_id = ? AND key_id = ?", [.integer(session), .unsigned(id)])
            _ = try database.run(
                """
                UPDATE wa_credentials SET signed_pre_key_id = (SELECT k.key_id FROM wa_signed_pre_keys k WHERE k.session_id = ?
                ORDER BY k.created_at DESC, k.key_id DESC LIMIT 1) WHERE session_id = ? AND signed_pre_key_id = ?
                """, [.integer(session), .integer(session), .unsigned(id)])
        }
    }
}
