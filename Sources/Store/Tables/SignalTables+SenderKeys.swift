// Sender keys of groups, `wa_sender_keys`.
extension SignalTables {
    private func place(_ group: String, _ sender: String, _ session: Int64) -> SealedPlace {
        SealedPlace("wa_sender_keys", "record", session: session, group, sender)
    }

    /// The serialised record of one sender in one group.
    package func senderKey(group: String, sender: String, session: Int64) throws(StoreError) -> [UInt8]? {
        let rows = try database.run(
            "SELECT record FROM wa_sender_keys WHERE session_id = ? AND group_jid = ? AND sender = ? FOR UPDATE",
            [.integer(session), .text(group), .text(sender)]
        ).rows
        guard let row = rows.first else { return nil }
        return try database.sealer.open(row.bytes("record"), at: place(group, sender, session))
    }

    package func saveSenderKey(_ record: [UInt8], group: String, sender: String, session: Int64) throws(StoreError) {
        let sealed = try database.sealer.seal(record, at: place(group, sender, session))
        _ = try database.run(
            """
            INSERT INTO wa_sender_keys (session_id, group_jid, sender, record) VALUES (?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE record = VALUES(record), updated_at = UTC_TIMESTAMP(3)
            """, [.integer(session), .text(group), .text(sender), .bytes(sealed)])
    }

    package func deleteSenderKey(group: String, sender: String, session: Int64) throws(StoreError) {
        _ = try database.run(
            "DELETE FROM wa_sender_keys WHERE session_id = ? AND group_jid = ? AND sender = ?",
            [.integer(session), .text(group), .text(sender)])
    }
}
