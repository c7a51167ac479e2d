package import Model

/// Queries on `wa_devices`, the remembered device lists.
package struct DeviceTable {
    let database: Database

    /// Users of one statement; it stays prepared.
    private static let loadedAtOnce = 4

    /// The lists of those users that have one; the others' have to be fetched.
    package func load(users: [JID], session: Int64) throws(StoreError) -> [JID: DeviceListRow] {
        let names = Dictionary(users.map { ($0.bare.description, $0) }, uniquingKeysWith: { first, _ in first })
        var lists: [JID: DeviceListRow] = [:]
        for part in names.keys.sorted().chunks(of: Self.loadedAtOnce) {
            let rows = try database.run(
                "SELECT user_jid, devices, raw_id, key_index_at, fetched_at FROM wa_devices WHERE session_id = ? AND user_jid IN (?, ?, ?, ?)",
                [.integer(session)] + part.map { .text($0) }
            ).rows
            for row in rows {
                if let user = names[try row.text("user_jid")] { lists[user] = try DeviceListRow(row) }
            }
        }
        return lists
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
