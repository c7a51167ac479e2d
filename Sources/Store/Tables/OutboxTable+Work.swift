package import Model

// The daemon's side: pending → working → sent or failed.
extension OutboxTable {
    /// Takes the rows that are due, oldest first, and marks them `working`. Those of bulks have a claim of their own, so that these never wait for them.
    /// - Parameters:
    ///   - recipients: as rows spell them; theirs stay.
    ///   - media: whether rows with files are taken, too.
    package func claimDue(
        session: Int64, now: Timestamp, limit: Int, without recipients: [String] = [], media: Bool = true
    ) throws(StoreError) -> [OutboxRow] {
        let others = recipients.isEmpty ? "" : "AND to_jid NOT IN (\(recipients.map { _ in "?" }.joined(separator: ", ")))"
        let kinds = media ? "" : "AND kind NOT IN ('image', 'video', 'audio', 'document')"
        return try database.together { () throws(StoreError) in
            let due = try database.run(
                """
                SELECT id FROM wa_outbox WHERE session_id = ? AND status = 'pending' AND bulk_job_id IS NULL
                AND (next_attempt_at IS NULL OR next_attempt_at <= ?)
                \(others) \(kinds) ORDER BY next_attempt_at, id LIMIT ? FOR UPDATE SKIP LOCKED
                """, [.integer(session), .moment(now)] + recipients.map { .text($0) } + [.unsigned(limit)]
            ).rows
            return try claim(due.map { row throws(StoreError) in try row.integer("id") })
        }
    }

    /// Marks rows `working`, in the transaction that has locked them as `pending`.
    /// - Returns: the rows, oldest first.
    func claim(_ ids: [Int64]) throws(StoreError) -> [OutboxRow] {
        guard !ids.isEmpty else { return [] }
        let values = ids.map { SQLValue.integer($0) }
        let places = ids.map { _ in "?" }.joined(separator: ", ")
        _ = try database.run("UPDATE wa_outbox SET status = 'working', attempts = attempts + 1 WHERE id IN (\(places))", values)
        return try rows("WHERE o.id IN (\(places)) ORDER BY o.next_attempt_at, o.bulk_position, o.id", values)
    }

    /// A row of `wa_outbox o` without a moment is due at once.
    static let dueAt = "COALESCE(o.next_attempt_at, TIMESTAMP '2000-01-01 00:00:00')"

    /// When the next row of the session is due that belongs to no bulk; nil where none waits.
    package func nextDueAt(session: Int64) throws(StoreError) -> Timestamp? {
        try database.run(
            """
            SELECT \(Self.dueAt) AS due FROM wa_outbox o WHERE session_id = ? AND status = 'pending' AND bulk_job_id IS NULL
            ORDER BY next_attempt_at LIMIT 1
            """, [.integer(session)]
        ).rows.first?.optionalMoment("due")
    }

    /// Sessions that have due rows: the sweep for rings that were lost.
    package func sessionsWithDueRows(now: Timestamp) throws(StoreError) -> [Int64] {
        try database.run(
            """
            SELECT s.id FROM wa_sessions s WHERE EXISTS (SELECT 1 FROM wa_outbox o WHERE o.session_id = s.id AND o.status = 'pending'
            AND (o.next_attempt_at IS NULL OR o.next_attempt_at <= ?)) ORDER BY s.id
            """, [.moment(now)]
        ).rows.map { row throws(StoreError) in try row.integer("id") }
    }

    /// Ties a row that was inserted by SQL to its message in the log; a number becomes the address that it means.
    package func attach(messageRow: Int64, to recipient: JID, id: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_outbox SET message_row_id = ?, to_jid = ? WHERE id = ?",
            [.integer(messageRow), .text(recipient.description), .integer(id)])
    }

    /// Keeps the encrypted bytes; to be committed with the ratchet before they leave.
    package func saveStanza(_ stanza: [UInt8], id: Int64) throws(StoreError) {
        _ = try database.run("UPDATE wa_outbox SET stanza = ? WHERE id = ?", [.bytes(stanza), .integer(id)])
    }

    /// The server has it.
    /// - Returns: the message where its status changed; nil where a receipt was faster than the ack, or the row has no message.
    @discardableResult
    package func sent(id: Int64, at now: Timestamp) throws(StoreError) -> MessageRow? {
        try finish(id: id, as: .sent, message: .sent, error: nil, at: now)
    }

    /// It will not be sent.
    /// - Parameter code: one word, for programs.
    @discardableResult
    package func failed(id: Int64, code: String, error: String, at now: Timestamp) throws(StoreError) -> MessageRow? {
        try finish(id: id, as: .failed, message: .failed, error: (code, error), at: now)
    }

    private func finish(
        id: Int64, as status: OutboxStatus, message: MessageStatus, error: (code: String, text: String)?, at now: Timestamp
    ) throws(StoreError) -> MessageRow? {
        try database.together { () throws(StoreError) in
            let updated = try database.run(
                """
                UPDATE wa_outbox SET status = ?, stanza = NULL, error_code = ?, error = ?, finished_at = ?
                WHERE id = ? AND status IN ('pending', 'working')
                """,
                [
                    .word(status), .optional(error?.code.clipped(to: 64)), .optional(error?.text.clipped(to: 1_000)), .moment(now),
                    .integer(id),
                ])
            guard updated.affectedRows > 0 else { return nil }
            let rows = try database.run(
                """
                SELECT o.bulk_job_id, \(MessageRow.columns) FROM wa_outbox o
                LEFT JOIN (wa_messages m JOIN wa_contacts c ON c.id = m.contact_id) ON m.id = o.message_row_id AND m.direction = 'outbound'
                WHERE o.id = ? FOR UPDATE
                """, [.integer(id)]
            ).rows
            guard let row = rows.first else { return nil }
            if let job = try row.optionalInteger("bulk_job_id") { try database.bulkJobs.closeIfDone(id: job, at: now) }
            guard try row.optionalInteger("id") != nil else { return nil }
            return try database.messages.advance(MessageRow(row), to: message, error: error, at: now)
        }
    }

    /// Back to `pending`; the bytes are dropped, so that the next attempt encrypts anew.
    package func retryLater(id: Int64, at moment: Timestamp, code: String, error: String) throws(StoreError) {
        _ = try database.run(
            """
            UPDATE wa_outbox SET status = 'pending', stanza = NULL, next_attempt_at = ?, error_code = ?, error = ?
            WHERE id = ? AND status = 'working'
            """, [.moment(moment), .text(code.clipped(to: 64)), .text(error.clipped(to: 1_000)), .integer(id)])
    }

    /// Rows whose bytes may or may not have reached the server: after a reconnect they are sent again byte for byte.
    package func unacked(session: Int64) throws(StoreError) -> [OutboxRow] {
        try rows("WHERE o.session_id = ? AND o.status = 'working' AND o.stanza IS NOT NULL ORDER BY o.id", [.integer(session)])
    }

    /// Rows that a daemon had taken but not encrypted when it ended go back to `pending`. For the session's new owner only.
    /// - Parameter held: rows that are still being worked on.
    /// - Returns: how many.
    @discardableResult
    package func requeueInterrupted(session: Int64, except held: [Int64] = []) throws(StoreError) -> Int {
        let others = held.isEmpty ? "" : "AND id NOT IN (\(held.map { _ in "?" }.joined(separator: ", ")))"
        return try database.run(
            "UPDATE wa_outbox SET status = 'pending' WHERE session_id = ? AND status = 'working' AND stanza IS NULL \(others)",
            [.integer(session)] + held.map { .integer($0) }
        ).affectedRows
    }

    /// Fails everything that was not sent.
    package func failAll(session: Int64, code: String, error: String, at now: Timestamp) throws(StoreError) {
        let open = try database.run(
            "SELECT id FROM wa_outbox WHERE session_id = ? AND status IN ('pending', 'working') ORDER BY id FOR UPDATE", [.integer(session)]
        ).rows
        for row in open { try failed(id: row.integer("id"), code: code, error: error, at: now) }
    }

    /// Deletes finished rows older than `moment`.
    /// - Returns: how many; the caller goes on while it is `limit`.
    package func prune(before moment: Timestamp, limit: Int) throws(StoreError) -> Int {
        try database.run(
            // Rows of a bulk go with it: they are what it counts.
            """
            DELETE FROM wa_outbox WHERE created_at < ? AND status IN ('sent', 'failed', 'cancelled') AND bulk_job_id IS NULL
            ORDER BY created_at LIMIT ?
            """,
            [.moment(moment), .unsigned(limit)]
        ).affectedRows
    }
}
