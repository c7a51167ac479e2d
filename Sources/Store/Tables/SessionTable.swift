package import Model

/// Queries on `wa_sessions`.
package struct SessionTable {
    let database: Database

    /// The session that always exists.
    package static let defaultID: Int64 = 1

    package func list() throws(StoreError) -> [SessionRow] {
        try rows("ORDER BY id", [])
    }

    package func find(id: Int64) throws(StoreError) -> SessionRow? {
        try rows("WHERE id = ?", [.integer(id)]).first
    }

    package func find(name: String) throws(StoreError) -> SessionRow? {
        try rows("WHERE name = ?", [.text(name)]).first
    }

    private func rows(_ condition: String, _ parameters: [SQLValue]) throws(StoreError) -> [SessionRow] {
        try database.run("SELECT \(SessionRow.columns) FROM wa_sessions \(condition)", parameters).rows
            .map { row throws(StoreError) in try SessionRow(row) }
    }

    /// Adds a session and gives its id.
    /// - Throws: `duplicate` where the name is taken, `invalidValue` where it is too long.
    package func add(name: String) throws(StoreError) -> Int64 {
        try database.run("INSERT INTO wa_sessions (name) VALUES (?)", [.text(name)]).insertID
    }

    /// What the owner wants from now on; the daemon must be rung.
    /// - Parameter pairingPhone: digits that want a pairing code; nil for a QR.
    /// - Returns: false where there is no such session.
    @discardableResult
    package func setWanted(_ wish: SessionWish, id: Int64, pairingPhone: String? = nil) throws(StoreError) -> Bool {
        try database.run(
            // A code that is shown belongs to the number it was made for.
            "UPDATE wa_sessions SET wanted = ?, pairing_code = IF(pairing_phone <=> ?, pairing_code, NULL), pairing_phone = ? WHERE id = ?",
            [.word(wish), .optional(pairingPhone), .optional(pairingPhone), .integer(id)]
        ).affectedRows > 0
    }

    /// Any state but `connected`: clears what belonged to the old one.
    /// - Parameters:
    ///   - qr: text of the QR with its end, for `qrReady`.
    ///   - pairingCode: for `pairingCode`.
    package func setStatus(
        _ status: SessionStatus, reason: SessionReason? = nil, qr: (text: String, expiresAt: Timestamp)? = nil,
        pairingCode: String? = nil, id: Int64
    ) throws(StoreError) {
        _ = try database.run(
            """
            UPDATE wa_sessions SET status = ?, reason = ?, qr = ?, qr_expires_at = ?, pairing_code = ?, connected_at = NULL WHERE id = ?
            """,
            [
                .word(status), .optional(reason?.rawValue), .optional(qr?.text), .optional(qr?.expiresAt), .optional(pairingCode),
                .integer(id),
            ])
    }

    /// The session is connected as this account.
    package func setConnected(jid: JID, lid: JID?, pushName: String?, at now: Timestamp, id: Int64) throws(StoreError) {
        _ = try database.run(
            """
            UPDATE wa_sessions SET status = 'connected', reason = NULL, qr = NULL, qr_expires_at = NULL, pairing_code = NULL,
            pairing_phone = NULL, jid = ?, lid = COALESCE(?, lid), phone_number = ?, push_name = COALESCE(?, push_name),
            connected_at = ?, last_seen_at = ? WHERE id = ?
            """,
            [
                .text(jid.description), .optional(lid?.description), .text(jid.user), .optional(pushName), .moment(now), .moment(now),
                .integer(id),
            ])
    }

    package func setLastSeen(_ now: Timestamp, id: Int64) throws(StoreError) {
        _ = try database.run("UPDATE wa_sessions SET last_seen_at = ? WHERE id = ?", [.moment(now), .integer(id)])
    }

    package func setPushName(_ name: String, id: Int64) throws(StoreError) {
        _ = try database.run("UPDATE wa_sessions SET push_name = ? WHERE id = ?", [.text(name.clipped(to: 255)), .integer(id)])
    }

    /// The number that the run directory is compared with to notice a restored backup.
    package func setGeneration(_ generation: Int64, id: Int64) throws(StoreError) {
        _ = try database.run("UPDATE wa_sessions SET generation = ? WHERE id = ?", [.integer(generation), .integer(id)])
    }
}
