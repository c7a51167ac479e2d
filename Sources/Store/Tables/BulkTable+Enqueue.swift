package import Model

// Storing a bulk: the job and one row of the outbox for each recipient, in one transaction.
extension BulkTable {
    /// Rows of one statement, largest first: few different statements, and few round trips.
    private static let chunks = [128, 16, 1]

    package func enqueue(_ new: NewBulk, now: Timestamp) throws(StoreError) -> EnqueueBulkResult {
        if let idempotency = new.idempotency, let earlier = try earlier(idempotency, now: now) { return earlier }
        do {
            return try insert(new, now: now).map { .stored($0) } ?? .overAllowance
        } catch .duplicate {
            guard let idempotency = new.idempotency, let earlier = try earlier(idempotency, now: now) else { throw .duplicate }
            return earlier
        }
    }

    /// What became of a bulk that came before with the same idempotency key; nil where none did within 24 hours.
    package func earlier(_ idempotency: NewOutboxRow.Idempotency, now: Timestamp) throws(StoreError) -> EnqueueBulkResult? {
        let found = try database.run(
            "SELECT \(BulkRow.columns) FROM wa_bulk_jobs WHERE api_key_id = ? AND idempotency_key = ?",
            [.integer(idempotency.apiKeyID), .text(idempotency.key)]
        ).rows.first
        guard let found else { return try database.outbox.has(idempotency, now: now) ? .conflict : nil }
        let id = try found.integer("id")
        guard try found.moment("created_at") > now.adding(milliseconds: -Limits.idempotencySeconds * 1_000) else {
            _ = try database.run("UPDATE wa_bulk_jobs SET idempotency_key = NULL WHERE id = ?", [.integer(id)])
            return nil
        }
        guard try found.optionalText("content_digest") == idempotency.contentDigest else { return .conflict }
        guard let row = try rows("WHERE id = ?", [.integer(id)]).first else { return nil }
        return row.status.isFinal ? .repeated(row) : .inProgress(row)
    }

    /// Whether a bulk came with this idempotency key within 24 hours.
    func has(_ idempotency: NewOutboxRow.Idempotency, now: Timestamp) throws(StoreError) -> Bool {
        try !database.run(
            "SELECT 1 AS one FROM wa_bulk_jobs WHERE api_key_id = ? AND idempotency_key = ? AND created_at > ?",
            [.integer(idempotency.apiKeyID), .text(idempotency.key), .moment(now.adding(milliseconds: -Limits.idempotencySeconds * 1_000))]
        ).rows.isEmpty
    }

    /// nil where the key may not send so many more today.
    private func insert(_ new: NewBulk, now: Timestamp) throws(StoreError) -> BulkRow? {
        try database.atomically { () throws(StoreError) in
            if let allowance = new.allowance, try !database.keyUsage.take(allowance) { return nil }
            let id = try database.run(
                """
                INSERT INTO wa_bulk_jobs (session_id, api_key_id, kind, payload, total, delay_ms, next_at, idempotency_key, content_digest,
                created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .integer(new.sessionID), .integer(new.apiKeyID), .text(new.kind), .text(new.payload), .unsigned(new.recipients.count),
                    .integer(new.delayMilliseconds), .moment(new.sendAt ?? now), .optional(new.idempotency?.key),
                    .optional(new.idempotency?.contentDigest), .moment(now),
                ]
            ).insertID
            var position = 0
            while position < new.recipients.count {
                let size = Self.chunks.first { $0 <= new.recipients.count - position } ?? 1
                try insertRows(new, from: position, count: size, job: id, now: now)
                position += size
            }
            try closeIfDone(id: id, at: now)
            return try rows("WHERE id = ?", [.integer(id)]).first
        }
    }

    private func insertRows(_ new: NewBulk, from start: Int, count: Int, job: Int64, now: Timestamp) throws(StoreError) {
        let marks = Array(repeating: "(?, ?, ?, '{}', ?, 'bulk', ?, ?, ?, ?, ?, ?, ?, ?, ?)", count: count).joined(separator: ", ")
        var parameters: [SQLValue] = []
        for position in start..<start + count {
            let recipient = new.recipients[position]
            let status = recipient.failure == nil ? OutboxStatus.pending : .failed
            parameters += [
                .integer(new.sessionID), .text(recipient.to.clipped(to: 128)), .text(new.kind), .word(status), .moment(new.sendAt ?? now),
                .optional(recipient.failure?.code.clipped(to: 64)), .optional(recipient.failure?.text.clipped(to: 1_000)),
                .integer(new.apiKeyID), .integer(job), .unsigned(position), .text(recipient.given), .moment(now),
                recipient.failure == nil ? .null : .moment(now),
            ]
        }
        _ = try database.run(
            """
            INSERT INTO wa_outbox (session_id, to_jid, kind, payload, status, source, next_attempt_at, error_code, error, api_key_id,
            bulk_job_id, bulk_position, given_to, created_at, finished_at) VALUES \(marks)
            """, parameters)
    }
}
