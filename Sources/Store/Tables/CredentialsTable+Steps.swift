/// Counting encryptions, to notice a database that is older than what was sent.
extension CredentialsTable {
    /// nil where there are no keys.
    package func steps(session: Int64) throws(StoreError) -> Int64? {
        try database.run("SELECT steps FROM wa_credentials WHERE session_id = ?", [.integer(session)]).rows.first?.integer("steps")
    }

    /// Counts one transaction that encrypts.
    /// - Parameter known: a count that was committed before.
    /// - Throws: `leaseLost` where the database stands before that: somebody put a backup in its place.
    package func countStep(after known: Int64, session: Int64) throws(StoreError) -> Int64 {
        let counted = try database.run(
            "UPDATE wa_credentials SET steps = LAST_INSERT_ID(steps + 1) WHERE session_id = ? AND steps >= ?", [.integer(session), .integer(known)])
        guard counted.affectedRows > 0 else { throw .leaseLost }
        return counted.insertID
    }
}
