package import Model

// Taking back what has not left yet.
extension OutboxTable {
    private static let cancelled = (code: "cancelled", text: "The message was cancelled before it was sent")

    /// Cancels the row of a message in the log, where it waits.
    /// - Returns: the row as it is now, nil where the message has none: it was not made here, or long ago.
    package func cancel(messageRow: Int64, session: Int64, at now: Timestamp) throws(StoreError) -> OutboxRow? {
        try database.atomically { () throws(StoreError) in
            guard let row = try rows("WHERE o.session_id = ? AND o.message_row_id = ?", [.integer(session), .integer(messageRow)]).first
            else { return nil }
            try cancel(row, at: now)
            return try find(id: row.id)
        }
    }

    /// Cancels a row by its number; for those that are not in the log yet.
    package func cancel(id: Int64, session: Int64, at now: Timestamp) throws(StoreError) -> OutboxRow? {
        try database.atomically { () throws(StoreError) in
            guard let row = try find(id: id), row.sessionID == session else { return nil }
            try cancel(row, at: now)
            return try find(id: id)
        }
    }

    private func cancel(_ row: OutboxRow, at now: Timestamp) throws(StoreError) {
        let taken = try database.run(
            "UPDATE wa_outbox SET status = 'cancelled', finished_at = ? WHERE id = ? AND status = 'pending'",
            [.moment(now), .integer(row.id)])
        guard taken.affectedRows > 0 else { return }
        try tell(row, at: now)
        if let job = row.bulkJobID { try database.bulkJobs.closeIfDone(id: job, at: now) }
    }

    /// The log and the webhooks hear of rows that the owner set to `cancelled`.
    /// - Returns: how many.
    @discardableResult
    package func tellCancelled(session: Int64, at now: Timestamp) throws(StoreError) -> Int {
        try tellCancelled("o.session_id = ? AND o.bulk_job_id IS NULL AND o.finished_at IS NULL", .integer(session), at: now)
    }

    func tellCancelled(bulk: Int64, at now: Timestamp) throws(StoreError) {
        try tellCancelled("o.bulk_job_id = ? AND m.status = 'pending'", .integer(bulk), at: now)
    }

    @discardableResult
    private func tellCancelled(_ condition: String, _ parameter: SQLValue, at now: Timestamp) throws(StoreError) -> Int {
        let open = try rows("WHERE \(condition) AND o.status = 'cancelled' ORDER BY o.id LIMIT 1000", [parameter])
        for row in open {
            _ = try database.run(
                "UPDATE wa_outbox SET finished_at = ? WHERE id = ? AND finished_at IS NULL", [.moment(now), .integer(row.id)])
            try tell(row, at: now)
        }
        return open.count
    }

    private func tell(_ row: OutboxRow, at now: Timestamp) throws(StoreError) {
        guard let messageID = row.messageID, let contact = row.contactID else { return }
        let changed = try database.messages.advanceStatus(
            [messageID], to: .failed, contact: contact, error: Self.cancelled, at: now, session: row.sessionID)
        for message in changed {
            try database.deliveries.enqueue(
                .messageStatus(
                    messageID: message.messageID, remoteJID: message.remoteJID, status: .failed,
                    error: "\(Self.cancelled.code): \(Self.cancelled.text)", chat: message.contactID, at: now), session: row.sessionID,
                now: now)
        }
    }

    /// The session's rows, the newest first.
    /// - Parameter status: nil is every status.
    package func list(session: Int64, status: OutboxStatus?, limit: Int, offset: Int64) throws(StoreError) -> [OutboxRow] {
        let filter = status == nil ? "" : "AND o.status = ?"
        return try rows(
            "WHERE o.session_id = ? \(filter) ORDER BY o.id DESC LIMIT ? OFFSET ?",
            [.integer(session)] + (status.map { [.word($0)] } ?? []) + [.unsigned(limit), .integer(offset)])
    }

    package func count(session: Int64, status: OutboxStatus?) throws(StoreError) -> Int64 {
        let filter = status == nil ? "" : "AND status = ?"
        return try database.run(
            "SELECT COUNT(*) AS total FROM wa_outbox WHERE session_id = ? \(filter)",
            [.integer(session)] + (status.map { [.word($0)] } ?? [])
        ).rows.first?.integer("total") ?? 0
    }
}
