import CryptoPrimitives

/// The token that a person gave us, and when we gave them one.
package struct PrivacyTokenRow: Sendable, Concealed {
    package let token: [UInt8]?
    /// Unix seconds.
    package let tokenAt: Int64?
    /// Unix seconds.
    package let givenAt: Int64?
    package var concealedByteCount: Int { token?.count ?? 0 }
}

/// Queries on `wa_privacy_tokens`. People are named by the digits of their LID.
package struct PrivacyTokenTable {
    let database: Database

    /// Bytes of a token; the column holds a little more.
    package static let maximumLength = 512
    /// The row of the salt; no person's LID.
    private static let saltRow = "0"

    private func place(_ lid: String, _ session: Int64) -> SealedPlace {
        SealedPlace("wa_privacy_tokens", "token", session: session, lid)
    }

    package func load(lid: String, session: Int64) throws(StoreError) -> PrivacyTokenRow? {
        let rows = try database.run(
            "SELECT token, token_at, given_at FROM wa_privacy_tokens WHERE session_id = ? AND lid = ?", [.integer(session), .text(lid)]
        ).rows
        return try rows.first.map { row throws(StoreError) in try token(row, lid, session) }
    }

    /// Keeps a token unless a newer one is there.
    package func put(_ token: [UInt8], at seconds: Int64, lid: String, session: Int64) throws(StoreError) {
        guard (1...Self.maximumLength).contains(token.count), lid != Self.saltRow else { return }
        let known = try database.run(
            "SELECT token_at FROM wa_privacy_tokens WHERE session_id = ? AND lid = ? FOR UPDATE", [.integer(session), .text(lid)]
        ).rows.first?.optionalInteger("token_at")
        if let known, known > seconds { return }
        _ = try database.run(
            """
            INSERT INTO wa_privacy_tokens (session_id, lid, token, token_at) VALUES (?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE token = VALUES(token), token_at = VALUES(token_at)
            """, [.integer(session), .text(lid), .bytes(try database.sealer.seal(token, at: place(lid, session))), .integer(seconds)])
    }

    /// We have given this person a token.
    package func setGiven(at seconds: Int64, lid: String, session: Int64) throws(StoreError) {
        _ = try database.run(
            """
            INSERT INTO wa_privacy_tokens (session_id, lid, given_at) VALUES (?, ?, ?)
            ON DUPLICATE KEY UPDATE given_at = GREATEST(COALESCE(given_at, 0), VALUES(given_at))
            """, [.integer(session), .text(lid), .integer(seconds)])
    }

    /// What is known of a person, and the salt: both in one round trip, for the look before each message.
    package func loadWithSalt(lid: String, session: Int64) throws(StoreError) -> (row: PrivacyTokenRow?, salt: [UInt8]?) {
        let rows = try database.run(
            "SELECT lid, token, token_at, given_at FROM wa_privacy_tokens WHERE session_id = ? AND lid IN (?, ?)",
            [.integer(session), .text(lid), .text(Self.saltRow)]
        ).rows
        let found = try rows.map { row throws(StoreError) in (lid: try row.text("lid"), row: try token(row, try row.text("lid"), session)) }
        return (found.first { $0.lid == lid }?.row, found.first { $0.lid == Self.saltRow }?.row.token)
    }

    private func token(_ row: Row, _ lid: String, _ session: Int64) throws(StoreError) -> PrivacyTokenRow {
        PrivacyTokenRow(
            token: try row.optionalBytes("token").map { sealed throws(StoreError) in try database.sealer.open(sealed, at: place(lid, session)) },
            tokenAt: try row.optionalInteger("token_at"), givenAt: try row.optionalInteger("given_at"))
    }

    // MARK: Salt

    /// Stands in for the token of somebody who gave us none; nil forgets it.
    package func setSalt(_ salt: [UInt8]?, session: Int64) throws(StoreError) {
        let sealed = try salt.map { salt throws(StoreError) in try database.sealer.seal(salt, at: place(Self.saltRow, session)) }
        _ = try database.run(
            "INSERT INTO wa_privacy_tokens (session_id, lid, token) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE token = VALUES(token)",
            [.integer(session), .text(Self.saltRow), .optional(sealed)])
    }
}
