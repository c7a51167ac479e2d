import Model

// Who may run a session. Time is the database server's, so that the clocks of two hosts do not matter.
extension SessionTable {
    /// Takes the session for `owner` unless somebody else holds it, and shuts out whoever held it before.
    /// - Returns: the fence to show to ``checkFence(_:id:)``; nil while another owner's lease runs, or where there is no such session.
    package func acquireLease(owner: String, seconds: Int, id: Int64) throws(StoreError) -> Int64? {
        let result = try database.run(
            """
            UPDATE wa_sessions SET fence = LAST_INSERT_ID(fence + 1), lease_owner = ?,
            lease_expires_at = UTC_TIMESTAMP(3) + INTERVAL ? SECOND
            WHERE id = ? AND (lease_owner IS NULL OR lease_owner = ? OR lease_expires_at IS NULL OR lease_expires_at <= UTC_TIMESTAMP(3))
            """,
            [.text(owner), .unsigned(seconds), .integer(id), .text(owner)])
        return result.affectedRows > 0 ? result.insertID : nil
    }

    /// Holds the session for `seconds` from now.
    /// - Throws: `leaseLost` where another owner took it.
    package func renewLease(owner: String, fence: Int64, seconds: Int, id: Int64) throws(StoreError) {
        let result = try database.run(
            """
            UPDATE wa_sessions SET lease_expires_at = UTC_TIMESTAMP(3) + INTERVAL ? SECOND
            WHERE id = ? AND fence = ? AND lease_owner = ?
            """,
            [.unsigned(seconds), .integer(id), .integer(fence), .text(owner)])
        guard result.affectedRows > 0 else { throw .leaseLost }
    }

    /// Lets others have the session at once; nothing happens where it was taken already.
    package func releaseLease(owner: String, fence: Int64, id: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_sessions SET lease_owner = NULL, lease_expires_at = NULL WHERE id = ? AND fence = ? AND lease_owner = ?",
            [.integer(id), .integer(fence), .text(owner)])
    }

    /// Makes the open transaction one of the session's owner: nobody can take the session before it ends.
    /// - Throws: `leaseLost` where the fence is not the current one, or outside of a transaction, where the check would hold nothing.
    package func checkFence(_ fence: Int64, id: Int64) throws(StoreError) {
        guard database.isInTransaction else { throw .leaseLost }
        // The shared lock makes a taker wait; other readers, and inserts that refer to the session, go on.
        let rows = try database.run("SELECT fence FROM wa_sessions WHERE id = ? LOCK IN SHARE MODE", [.integer(id)]).rows
        guard let row = rows.first, try row.integer("fence") == fence else { throw .leaseLost }
    }
}
