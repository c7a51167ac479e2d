package import Model

/// Queries on `wa_credentials` and `wa_signed_pre_keys`: the keys of a linked device.
package struct CredentialsTable {
    let database: Database

    private func seal(_ key: [UInt8], _ column: String, _ session: Int64) throws(StoreError) -> SQLValue {
        .bytes(try database.sealer.seal(key, at: SealedPlace("wa_credentials", column, session: session)))
    }

    /// - Throws: `tampered` where a key was changed or `secret.key` is another one.
    package func load(session: Int64) throws(StoreError) -> CredentialsRow? {
        let rows = try database.run("SELECT \(CredentialsRow.columns) FROM wa_credentials WHERE session_id = ?", [.integer(session)]).rows
        return try rows.first.map { row throws(StoreError) in try CredentialsRow(row, session: session, sealer: database.sealer) }
    }

    /// Stores the keys of a device that is about to be linked, in place of any earlier ones. Their steps are counted from the clock on: higher than any
    /// count of earlier keys that is noted elsewhere.
    package func insert(_ credentials: CredentialsRow, session: Int64) throws(StoreError) {
        try database.atomically { () throws(StoreError) in
            _ = try database.run("DELETE FROM wa_credentials WHERE session_id = ?", [.integer(session)])
            _ = try database.run(
                """
                INSERT INTO wa_credentials (session_id, registration_id, noise_private, identity_private, adv_secret, signed_pre_key_id,
                next_pre_key_id, account, routing_info, steps)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, FLOOR(1000 * UNIX_TIMESTAMP(CURRENT_TIMESTAMP(3))))
                """,
                [
                    .integer(session), .unsigned(credentials.registrationID),
                    seal(credentials.noisePrivateKey, "noise_private", session),
                    seal(credentials.identityPrivateKey, "identity_private", session),
                    seal(credentials.advSecret, "adv_secret", session),
                    .optional(credentials.signedPreKeyID.map(Int64.init)), .unsigned(credentials.nextPreKeyID),
                    .optional(credentials.account), .optional(credentials.routingInfo),
                ])
        }
    }

    package func setAdvSecret(_ secret: [UInt8], session: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_credentials SET adv_secret = ? WHERE session_id = ?", [seal(secret, "adv_secret", session), .integer(session)])
    }

    package func setRoutingInfo(_ info: [UInt8]?, session: Int64) throws(StoreError) {
        _ = try database.run("UPDATE wa_credentials SET routing_info = ? WHERE session_id = ?", [.optional(info), .integer(session)])
    }

    /// What `pair-success` brought; to be committed before it is answered.
    /// - Parameters:
    ///   - jid: own JID with device; `lid` likewise.
    ///   - account: the whole serialised ADVSignedDeviceIdentity, with the account's signature key.
    package func savePairing(
        jid: JID, lid: JID?, account: [UInt8], platform: String?, businessName: String?, at now: Timestamp, session: Int64
    ) throws(StoreError) {
        try database.atomically { () throws(StoreError) in
            let stored = try database.run(
                "UPDATE wa_credentials SET account = ?, paired_at = ? WHERE session_id = ?",
                [.bytes(account), .moment(now), .integer(session)])
            // Without its keys a pairing is worth nothing, and the phone must not be told that it worked.
            guard stored.affectedRows > 0 else { throw .reference }
            _ = try database.run(
                """
                UPDATE wa_sessions SET jid = ?, lid = ?, phone_number = ?, platform = ?, business_name = ?, qr = NULL, qr_expires_at = NULL,
                pairing_code = NULL, pairing_phone = NULL WHERE id = ?
                """,
                [
                    .text(jid.description), .optional(lid?.description), .text(jid.user), .optional(platform?.clipped(to: 64)),
                    .optional(businessName?.clipped(to: 255)), .integer(session),
                ])
        }
    }

    /// Gives `count` numbers for new one-time pre-keys, counting on from the last and from 16777215 to 1.
    /// - Throws: `reference` where the session has no credentials.
    package func takePreKeyIDs(_ count: Int, session: Int64) throws(StoreError) -> [UInt32] {
        try database.atomically { () throws(StoreError) in
            let rows = try database.run(
                "SELECT next_pre_key_id FROM wa_credentials WHERE session_id = ? FOR UPDATE", [.integer(session)]
            ).rows
            guard let row = rows.first else { throw .reference }
            var next = try row.integer("next_pre_key_id", as: UInt32.self)
            var ids: [UInt32] = []
            for _ in 0..<max(0, count) {
                ids.append(next)
                next = next >= Self.lastPreKeyID ? 1 : next + 1
            }
            _ = try database.run(
                "UPDATE wa_credentials SET next_pre_key_id = ? WHERE session_id = ?", [.unsigned(next), .integer(session)])
            return ids
        }
    }

    /// Leaves out the next `count` numbers.
    package func skipPreKeyIDs(_ count: UInt32, session: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_credentials SET next_pre_key_id = (next_pre_key_id - 1 + ?) % ? + 1 WHERE session_id = ?",
            [.unsigned(count), .unsigned(Self.lastPreKeyID), .integer(session)])
    }

    /// Pre-key numbers are sent in three bytes; 0 is not used.
    private static let lastPreKeyID: UInt32 = 0xFF_FFFF
}
