package import Model

/// Queries on `wa_devices`, the remembered device lists.
package struct DeviceTable {
    let database: Database

    /// nil where the list has to be fetched.
    package func load(user: JID, session: Int64) throws(StoreError) -> DeviceListRow? {
        try database.run(
            "SELECT devices, raw_id, key_index_at, fetched_at FROM wa_devices WHERE session_id = ? AND user_jid = ?",
            [.integer(session), .text(user.bare.description)]
        ).rows.first.map { row throws(StoreError) in try DeviceListRow(row) }
    }

    package func save(_ list: DeviceListRow, user: JID, session: Int64) throws(StoreError) {
        _ = try database.run(
            """
            INSERT INTO wa_devices (session_id, user_jid, devices, raw_id, key_index_at, fetched_at) VALUES (?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE devices = VALUES(devices), raw_id = VALUES(raw_id), key_index_at = VALUES(key_index_at),
            fetched_at = VALUES(fetched_at)
            """,
            [
                .integer(session), .text(user.bare.description), .text(list.text), .optional(list.rawID.map(Int64.init)),
                .optional(list.keyIndexTimestamp), .moment(list.fetchedAt),
            ])
    }

    package func delete(user: JID, session: Int64) throws(StoreError) {
        _ = try database.run(
            "DELETE FROM wa_devices WHERE session_id = ? AND user_jid = ?", [.integer(session), .text(user.bare.description)])
    }
}
