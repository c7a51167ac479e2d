package import Model

/// Queries on `wa_bulk_jobs` and the rows of `wa_outbox` that belong to them.
package struct BulkTable {
    let database: Database

    func rows(_ condition: String, _ parameters: [SQLValue]) throws(StoreError) -> [BulkRow] {
        try database.run("SELECT \(BulkRow.columns) FROM wa_bulk_jobs \(condition)", parameters).rows
            .map { row throws(StoreError) in try counted(BulkRow(row)) }
    }

    package func find(id: Int64, session: Int64) throws(StoreError) -> BulkRow? {
        try rows("WHERE id = ? AND session_id = ?", [.integer(id), .integer(session)]).first
    }

    /// The newest first.
    package func list(session: Int64, limit: Int, offset: Int64) throws(StoreError) -> [BulkRow] {
        try rows("WHERE session_id = ? ORDER BY id DESC LIMIT ? OFFSET ?", [.integer(session), .unsigned(limit), .integer(offset)])
    }

    package func count(session: Int64) throws(StoreError) -> Int64 {
        try database.run("SELECT COUNT(*) AS total FROM wa_bulk_jobs WHERE session_id = ?", [.integer(session)]).rows.first?
            .integer("total") ?? 0
    }

    /// The counts of an open bulk are those of its rows; a finished one keeps its own, also when its rows are gone.
    private func counted(_ job: BulkRow) throws(StoreError) -> BulkRow {
        guard job.finishedAt == nil else { return job }
        var job = job
        (job.successful, job.failed, job.cancelled) = (0, 0, 0)
        let groups = try database.run(
            "SELECT status, COUNT(*) AS rows_ FROM wa_outbox WHERE bulk_job_id = ? GROUP BY status", [.integer(job.id)]
        ).rows
        for group in groups {
            let count = try group.integer("rows_")
            switch try group.word("status", as: OutboxStatus.self) {
            case .sent: job.successful = count
            case .failed: job.failed = count
            case .cancelled: job.cancelled = count
            case .pending, .working: break
            }
        }
        return job
    }

    /// What became of its recipients, in their order; those that are still open are left out.
    /// - Parameter limit: nil is all.
    package func results(id: Int64, limit: Int? = nil, offset: Int64 = 0) throws(StoreError) -> [BulkResult] {
        try database.run(
            """
            SELECT COALESCE(o.given_to, JSON_QUOTE(o.to_jid)) AS given_to, o.status, m.message_id, o.error_code, o.error FROM wa_outbox o
            LEFT JOIN wa_messages m ON m.id = o.message_row_id WHERE o.bulk_job_id = ? AND o.status IN ('sent', 'failed', 'cancelled')
            ORDER BY o.bulk_position LIMIT ? OFFSET ?
            """, [.integer(id), .unsigned(limit ?? Int.max), .integer(offset)]
        ).rows.map { row throws(StoreError) in try BulkResult(row) }
    }

    /// A row that is not finished, the last one first: who waits for the bulk waits for it.
    package func lastOpenRow(id: Int64) throws(StoreError) -> Int64? {
        try database.run(
            "SELECT id FROM wa_outbox WHERE bulk_job_id = ? AND status IN ('pending', 'working') ORDER BY bulk_position DESC LIMIT 1",
            [.integer(id)]
        ).rows.first?.integer("id")
    }

    // MARK: The owner's word

    /// - Returns: false where it is finished, or paused already.
    package func pause(id: Int64, session: Int64) throws(StoreError) -> Bool {
        try database.run(
            "UPDATE wa_bulk_jobs SET status = 'paused' WHERE id = ? AND session_id = ? AND status IN ('pending', 'working')",
            [.integer(id), .integer(session)]
        ).affectedRows > 0
    }

    /// - Returns: false where it is not paused.
    package func resume(id: Int64, session: Int64, now: Timestamp) throws(StoreError) -> Bool {
        try database.atomically { () throws(StoreError) in
            let isResumed = try database.run(
                "UPDATE wa_bulk_jobs SET status = 'working' WHERE id = ? AND session_id = ? AND status = 'paused'",
                [.integer(id), .integer(session)]
            ).affectedRows > 0
            // What was on its way when it was paused may have been the last.
            if isResumed { try closeIfDone(id: id, at: now) }
            return isResumed
        }
    }

    /// What has not been taken yet is never sent.
    /// - Returns: false where it is finished.
    package func cancel(id: Int64, session: Int64, now: Timestamp) throws(StoreError) -> Bool {
        try database.atomically { () throws(StoreError) in
            let isCancelled = try database.run(
                "UPDATE wa_bulk_jobs SET status = 'cancelled' WHERE id = ? AND session_id = ? AND status IN ('pending', 'working', 'paused')",
                [.integer(id), .integer(session)]
            ).affectedRows > 0
            if isCancelled { try cancelRows(id: id, now: now) }
            return isCancelled
        }
    }

    /// Deletes finished bulks older than `moment`, with their rows.
    /// - Returns: how many; the caller goes on while it is `limit`.
    package func prune(before moment: Timestamp, limit: Int) throws(StoreError) -> Int {
        try database.run(
            "DELETE FROM wa_bulk_jobs WHERE created_at < ? AND finished_at < ? ORDER BY created_at LIMIT ?",
            [.moment(moment), .moment(moment), .unsigned(limit)]
        ).affectedRows
    }
}
