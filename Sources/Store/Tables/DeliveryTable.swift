package import Model

/// Queries on `wa_webhook_deliveries`.
package struct DeliveryTable {
    let database: Database

    /// Failed attempts after which later events of the chat may pass: those after 10 seconds and one minute keep the order.
    private static let attemptsInOrder = 3

    /// Queues an event for every webhook that wants it; belongs into the transaction of what caused it.
    /// - Returns: how many were queued; wake the sender after the commit unless it is 0.
    @discardableResult
    package func enqueue(_ event: Event, session: Int64, now: Timestamp) throws(StoreError) -> Int {
        try database.atomically { () throws(StoreError) in
            let webhooks = try database.webhooks.matching(event.name, session: session)
            guard !webhooks.isEmpty else { return 0 }
            let eventID = EventID.make()
            let body = event.body
            for webhook in webhooks {
                _ = try insert(
                    event: event.name.rawValue, eventID: eventID, body: body, webhook: webhook.id, session: session, chat: event.chat ?? 0,
                    eventAt: event.timestamp, now: now)
            }
            return webhooks.count
        }
    }

    /// Queues a body for one webhook, whatever events it wants: for trying it out.
    /// - Returns: the row's number.
    package func enqueueTest(event: String, body: String, webhook: Int64, now: Timestamp) throws(StoreError) -> Int64 {
        try database.atomically { () throws(StoreError) in
            try insert(event: event, eventID: EventID.make(), body: body, webhook: webhook, session: nil, chat: 0, eventAt: now, now: now)
        }
    }

    private func insert(
        event: String, eventID: String, body: String, webhook: Int64, session: Int64?, chat: Int64, eventAt: Timestamp, now: Timestamp
    ) throws(StoreError) -> Int64 {
        let sequence = try database.webhooks.nextSequence(id: webhook)
        return try database.run(
            """
            INSERT INTO wa_webhook_deliveries (event, event_id, webhook_id, session_id, chat, sequence, body, next_attempt_at, event_at, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(event), .text(eventID), .integer(webhook), .optional(session), .integer(chat), .integer(sequence), .text(body),
                .moment(now), .moment(eventAt), .moment(now),
            ]
        ).insertID
    }

    /// Takes what is due: of every webhook the oldest, in order within a chat. Taken rows are not given again for `leaseSeconds`, after which a daemon that
    /// was killed meanwhile may try them again.
    /// - Parameters:
    ///   - perWebhook: rows of one webhook, so that a slow receiver does not stand in the way of the others.
    ///   - busy: webhooks that have enough under way already; nothing of them is taken.
    package func claimDue(
        now: Timestamp, perWebhook: Int, limit: Int, except busy: Set<Int64> = [], leaseSeconds: Int64 = 60
    ) throws(StoreError) -> [DeliveryRow] {
        let others = busy.isEmpty ? "" : "AND d.webhook_id NOT IN (\(busy.map(String.init).joined(separator: ",")))"
        return try database.atomically { () throws(StoreError) in
            let due = try database.run(
                """
                SELECT q.id FROM (SELECT d.id, ROW_NUMBER() OVER (PARTITION BY d.webhook_id ORDER BY d.id) AS place
                FROM wa_webhook_deliveries d JOIN wa_webhooks w ON w.id = d.webhook_id AND w.active = 1
                WHERE d.status = 'pending' AND d.next_attempt_at <= ? \(others) AND NOT EXISTS (SELECT 1 FROM wa_webhook_deliveries e
                WHERE e.webhook_id = d.webhook_id AND e.chat = d.chat AND e.status = 'pending' AND e.id < d.id AND e.attempts < ?)) q
                WHERE q.place <= ? ORDER BY q.id LIMIT ?
                """, [.moment(now), .unsigned(Self.attemptsInOrder), .unsigned(perWebhook), .unsigned(limit)]
            ).rows
            var claimed: [DeliveryRow] = []
            for row in due {
                let id = try row.integer("id")
                let taken = try database.run(
                    "UPDATE wa_webhook_deliveries SET next_attempt_at = ? WHERE id = ? AND status = 'pending' AND next_attempt_at <= ?",
                    [.moment(now.adding(milliseconds: leaseSeconds * 1_000)), .integer(id), .moment(now)])
                if taken.affectedRows > 0, let delivery = try find(id: id) { claimed.append(delivery) }
            }
            return claimed
        }
    }

    /// Gives back what a daemon had taken for a first attempt and never recorded, because it was killed. For a daemon that starts: where another one
    /// runs on the same database, a receiver may be asked twice, with the same id.
    package func releaseFirstAttempts(now: Timestamp) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_webhook_deliveries SET next_attempt_at = ? WHERE status = 'pending' AND attempts = 0 AND next_attempt_at > ?",
            [.moment(now), .moment(now)])
    }

    /// When the next delivery becomes due; nil where none waits.
    /// - Parameter moment: what was due by then does not count: it waits for an earlier event of its chat, not for the time.
    package func nextDueAt(after moment: Timestamp? = nil) throws(StoreError) -> Timestamp? {
        try database.run(
            """
            SELECT MIN(d.next_attempt_at) AS due FROM wa_webhook_deliveries d JOIN wa_webhooks w ON w.id = d.webhook_id AND w.active = 1
            WHERE d.status = 'pending' AND d.next_attempt_at > COALESCE(?, '1000-01-01')
            """, [.optional(moment)]
        ).rows.first?.optionalMoment("due")
    }

    package func find(id: Int64) throws(StoreError) -> DeliveryRow? { try rows("WHERE d.id = ?", [.integer(id)]).first }

    /// The newest deliveries.
    /// - Parameters:
    ///   - webhook: nil is every webhook; `status` likewise.
    package func list(webhook: Int64? = nil, status: DeliveryStatus? = nil, limit: Int) throws(StoreError) -> [DeliveryRow] {
        var parts = ["TRUE"]
        var parameters: [SQLValue] = []
        if let webhook {
            parts.append("d.webhook_id = ?")
            parameters.append(.integer(webhook))
        }
        if let status {
            parts.append("d.status = ?")
            parameters.append(.word(status))
        }
        return try rows("WHERE \(parts.joined(separator: " AND ")) ORDER BY d.id DESC LIMIT ?", parameters + [.unsigned(limit)])
    }

    private func rows(_ condition: String, _ parameters: [SQLValue]) throws(StoreError) -> [DeliveryRow] {
        try database.run("\(DeliveryRow.select) \(condition)", parameters).rows.map { row throws(StoreError) in try DeliveryRow(row) }
    }
}
