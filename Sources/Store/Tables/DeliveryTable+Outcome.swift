package import Model

// What came of an attempt. The webhook's row is locked before its deliveries, as where events are queued: writing `status` locks it too, for the
// foreign key's sake, and each would wait for the other.
extension DeliveryTable {
    /// Any 2xx.
    package func succeeded(id: Int64, answer: DeliveryAnswer, at now: Timestamp) throws(StoreError) {
        try succeeded(ids: [id], webhook: nil, answer: answer, at: now)
    }

    /// Deliveries that were answered alike.
    /// - Parameter webhook: whose they are; nil where it is to be looked up.
    package func succeeded(ids: [Int64], webhook: Int64?, answer: DeliveryAnswer, at now: Timestamp) throws(StoreError) {
        guard let first = ids.first else { return }
        if let webhook { try database.webhooks.noteSuccess(id: webhook) } else {
            try noteWebhook(of: first) { webhook throws(StoreError) in try database.webhooks.noteSuccess(id: webhook) }
        }
        _ = try database.runOnce(
            """
            UPDATE wa_webhook_deliveries SET status = 'delivered', attempts = attempts + 1, last_status_code = ?, last_error = NULL,
            answer_head = ?, delivered_at = ? WHERE id IN (\(ids.map(String.init).joined(separator: ","))) AND status = 'pending'
            """,
            [
                .optional(answer.statusCode.map { Int64(UInt16(clamping: $0)) }), .optional(answer.head?.clipped(to: 1_000)), .moment(now),
            ])
    }

    /// Tried again at `next`.
    package func failedRetry(id: Int64, answer: DeliveryAnswer, next: Timestamp, at now: Timestamp) throws(StoreError) {
        try noteWebhook(of: id) { webhook throws(StoreError) in try database.webhooks.noteFailure(id: webhook, at: now) }
        try finish(id: id, status: .pending, answer: answer, next: next, deliveredAt: nil)
    }

    /// Given up.
    package func dead(id: Int64, answer: DeliveryAnswer, at now: Timestamp) throws(StoreError) {
        try noteWebhook(of: id) { webhook throws(StoreError) in try database.webhooks.noteFailure(id: webhook, at: now) }
        try finish(id: id, status: .dead, answer: answer, next: nil, deliveredAt: nil)
    }

    /// Taken, but not tried to its end: due at `moment`, and the attempt does not count.
    package func giveBack(id: Int64, at moment: Timestamp) throws(StoreError) { try giveBack(ids: [id], at: moment) }

    package func giveBack(ids: [Int64], at moment: Timestamp) throws(StoreError) {
        guard !ids.isEmpty else { return }
        _ = try database.runOnce(
            """
            UPDATE wa_webhook_deliveries SET next_attempt_at = ?
            WHERE id IN (\(ids.map(String.init).joined(separator: ","))) AND status = 'pending'
            """, [.moment(moment)])
    }

    private func finish(
        id: Int64, status: DeliveryStatus, answer: DeliveryAnswer, next: Timestamp?, deliveredAt: Timestamp?
    ) throws(StoreError) {
        _ = try database.run(
            """
            UPDATE wa_webhook_deliveries SET status = ?, attempts = attempts + 1, next_attempt_at = COALESCE(?, next_attempt_at),
            last_status_code = ?, last_error = ?, answer_head = ?, delivered_at = ? WHERE id = ? AND status = 'pending'
            """,
            [
                .word(status), .optional(next), .optional(answer.statusCode.map { Int64(UInt16(clamping: $0)) }),
                .optional(answer.error?.clipped(to: 255)), .optional(answer.head?.clipped(to: 1_000)), .optional(deliveredAt), .integer(id),
            ])
    }

    private func noteWebhook(of id: Int64, _ note: (Int64) throws(StoreError) -> Void) throws(StoreError) {
        let rows = try database.run("SELECT webhook_id FROM wa_webhook_deliveries WHERE id = ?", [.integer(id)]).rows
        if let row = rows.first { try note(row.integer("webhook_id")) }
    }

    /// Sends a delivery again from the beginning, whatever became of it.
    /// - Returns: false where there is none.
    package func replay(id: Int64, now: Timestamp) throws(StoreError) -> Bool {
        try database.run(
            "UPDATE wa_webhook_deliveries SET status = 'pending', attempts = 0, next_attempt_at = ?, delivered_at = NULL WHERE id = ?",
            [.moment(now), .integer(id)]
        ).affectedRows > 0
    }

    /// Sends all dead letters of a webhook again.
    /// - Returns: how many.
    package func replayDead(webhook: Int64, now: Timestamp) throws(StoreError) -> Int {
        try database.run(
            "UPDATE wa_webhook_deliveries SET status = 'pending', attempts = 0, next_attempt_at = ? WHERE webhook_id = ? AND status = 'dead'",
            [.moment(now), .integer(webhook)]
        ).affectedRows
    }

    /// Deletes finished deliveries older than `moment`.
    /// - Returns: how many; the caller goes on while it is `limit`.
    package func prune(before moment: Timestamp, limit: Int) throws(StoreError) -> Int {
        try database.run(
            "DELETE FROM wa_webhook_deliveries WHERE created_at < ? AND status <> 'pending' ORDER BY created_at LIMIT ?",
            [.moment(moment), .unsigned(limit)]
        ).affectedRows
    }
}
