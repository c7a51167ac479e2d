package import Model

// The daemon's side: rows are taken at each bulk's own pace.
extension BulkTable {
    /// Bulks of one session that move at a time.
    private static let jobsAtATime = 8
    /// Rows taken at once of a bulk without a pause.
    private static let batch = 4

    /// Takes the next row of every bulk whose pause is over, and marks it `working`; of one without a pause, a few.
    package func claimDue(session: Int64, now: Timestamp) throws(StoreError) -> [OutboxRow] {
        try database.atomically { () throws(StoreError) in
            let jobs = try database.run(
                """
                SELECT j.id, j.delay_ms FROM wa_bulk_jobs j WHERE j.session_id = ? AND j.status IN ('pending', 'working') AND j.next_at <= ?
                AND EXISTS (SELECT 1 FROM wa_outbox o WHERE o.bulk_job_id = j.id AND o.status = 'pending'
                AND (o.next_attempt_at IS NULL OR o.next_attempt_at <= ?))
                ORDER BY j.next_at, j.id LIMIT ?
                """, [.integer(session), .moment(now), .moment(now), .unsigned(Self.jobsAtATime)]
            ).rows
            var claimed: [OutboxRow] = []
            for job in jobs { claimed += try claim(job: job.integer("id"), delay: job.integer("delay_ms"), now: now) }
            return claimed
        }
    }

    private func claim(job: Int64, delay: Int64, now: Timestamp) throws(StoreError) -> [OutboxRow] {
        // The owner's pause or end is heard here, or else before the next row.
        let isOpen = try database.run(
            "UPDATE wa_bulk_jobs SET status = 'working', next_at = ? WHERE id = ? AND status IN ('pending', 'working')",
            [.moment(now.adding(milliseconds: delay)), .integer(job)]
        ).affectedRows > 0
        guard isOpen else { return [] }
        let due = try database.run(
            """
            SELECT id FROM wa_outbox WHERE bulk_job_id = ? AND status = 'pending' AND (next_attempt_at IS NULL OR next_attempt_at <= ?)
            ORDER BY next_attempt_at, bulk_position LIMIT ? FOR UPDATE SKIP LOCKED
            """, [.integer(job), .moment(now), .unsigned(delay == 0 ? Self.batch : 1)]
        ).rows
        return try database.outbox.claim(due.map { row throws(StoreError) in try row.integer("id") })
    }

    /// When the next row of a bulk may be taken; nil where none waits.
    package func nextDueAt(session: Int64) throws(StoreError) -> Timestamp? {
        try database.run(
            """
            SELECT GREATEST(j.next_at, (SELECT \(OutboxTable.dueAt) FROM wa_outbox o WHERE o.bulk_job_id = j.id AND o.status = 'pending'
            ORDER BY o.next_attempt_at LIMIT 1)) AS due
            FROM wa_bulk_jobs j WHERE j.session_id = ? AND j.status IN ('pending', 'working') HAVING due IS NOT NULL ORDER BY due LIMIT 1
            """, [.integer(session)]
        ).rows.first?.optionalMoment("due")
    }

    /// Writes down the counts of a bulk of which nothing is left to do, and ends it. Belongs into the transaction of its last row.
    func closeIfDone(id: Int64, at now: Timestamp) throws(StoreError) {
        for status in [OutboxStatus.pending, .working] {
            let open = try database.run(
                "SELECT 1 AS one FROM wa_outbox WHERE bulk_job_id = ? AND status = ? LIMIT 1", [.integer(id), .word(status)])
            if !open.rows.isEmpty { return }
        }
        guard let job = try rows("WHERE id = ? AND finished_at IS NULL FOR UPDATE", [.integer(id)]).first else { return }
        _ = try database.run(
            """
            UPDATE wa_bulk_jobs SET status = IF(status = 'cancelled', 'cancelled', 'done'), successful = ?, failed = ?, cancelled = ?,
            finished_at = ? WHERE id = ?
            """, [.integer(job.successful), .integer(job.failed), .integer(job.cancelled), .moment(now), .integer(id)])
    }

    /// Carries out what the owner typed into the rows: bulks set to `cancelled`, and bulks whose last rows were.
    package func obeyOwner(session: Int64, now: Timestamp) throws(StoreError) {
        let open = try database.run(
            """
            SELECT j.id, j.status FROM wa_bulk_jobs j WHERE j.session_id = ? AND j.finished_at IS NULL AND (j.status = 'cancelled'
            OR (j.status IN ('pending', 'working', 'done') AND NOT EXISTS (SELECT 1 FROM wa_outbox o WHERE o.bulk_job_id = j.id
            AND o.status IN ('pending', 'working')))) ORDER BY j.id LIMIT 100
            """, [.integer(session)]
        ).rows
        for job in open {
            let id = try job.integer("id")
            let isCancelled = try job.word("status", as: BulkStatus.self) == .cancelled
            try database.atomically { () throws(StoreError) in
                if isCancelled { try cancelRows(id: id, now: now) } else { try closeIfDone(id: id, at: now) }
            }
        }
    }

    func cancelRows(id: Int64, now: Timestamp) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_outbox SET status = 'cancelled', finished_at = ? WHERE bulk_job_id = ? AND status = 'pending'",
            [.moment(now), .integer(id)])
        try database.outbox.tellCancelled(bulk: id, at: now)
        try closeIfDone(id: id, at: now)
    }
}
