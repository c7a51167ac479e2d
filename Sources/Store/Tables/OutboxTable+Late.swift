package import Model

extension OutboxTable {
    /// How many rows that were due at `moment` still wait.
    package func countDue(before moment: Timestamp) throws(StoreError) -> Int64 {
        try database.run(
            "SELECT COUNT(*) AS late FROM wa_outbox WHERE status = 'pending' AND next_attempt_at <= ?", [.moment(moment)]
        ).rows.first?.integer("late") ?? 0
    }
}
