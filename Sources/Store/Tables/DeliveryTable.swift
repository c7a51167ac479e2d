package import Model

/// Queries on `wa_webhook_deliveries`.
package struct DeliveryTable {
    let database: Database

    /// Failed attempts after which later events of the chat may pass: those after 10 seconds and one minute keep the order.
    package static let attemptsInOrder = 3

    /// Queues an event for every webhook that wants it; belongs into the transaction of what caused it.
    /// - Returns: how many were queued; wake the sender after the commit unless it is 0.
    @discardableResult
    package func enqueue(_ event: Event, session: Int64, now: Timestamp) throws(StoreError) -> Int {
        try enqueue([event], session: session, now: now)
    }

    /// ``enqueue(_:session:now:)`` for several events, in their order.
    @discardableResult
    package func enqueue(_ events: [Event], session: Int64, now: Timestamp) throws(StoreError) -> Int {
        try database.together { () throws(StoreError) in
            let webhooks = try database.webhooks.active(session: session)
            var count = 0
            for event in events {
                let wanting = webhooks.filter { $0.wants(event.name) }
                guard !wanting.isEmpty else { continue }
                let (eventID, body) = (EventID.make(), event.body)
                for webhook in wanting {
                    _ = try insert(
                        event: event.name.rawValue, eventID: eventID, body: body, webhook: webhook.id, session: session, chat: event.chat ?? 0,
                        eventAt: event.timestamp, now: now)
                }
                count += wanting.count
            }
            return count
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
        database.hasQueuedDeliveries = true
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

    /// Webhooks that something is due for.
    package func webhooksWithDue(now: Timestamp) throws(StoreError) -> [Int64] {
        try database.run(
            """
            SELECT w.id FROM wa_webhooks w WHERE w.active = 1 AND EXISTS (SELECT 1 FROM wa_webhook_deliveries d
            WHERE d.webhook_id = w.id AND d.status = 'pending' AND d.next_attempt_at <= ?) ORDER BY w.id
            """, [.moment(now)]
        ).rows.map { row throws(StoreError) in try row.integer("id") }
    }

    /// Takes the oldest of what is due for a webhook; of a chat nothing that an earlier event waits in front of, and what is taken in order. Taken rows
    /// are not given again for `leaseSeconds`, after which a daemon that was killed meanwhile may try them again.
    /// - Parameters:
    ///   - limit: rows.
    ///   - bytes: of their bodies; the first one is taken however large it is.
    package func claimDue(
        webhook: Int64, now: Timestamp, limit: Int, bytes: Int64 = .max, leaseSeconds: Int64 = 60
    ) throws(StoreError) -> [DeliveryRow] {
        let due = try database.run(
            """
            SELECT d.id, LENGTH(d.body) AS size FROM wa_webhook_deliveries d FORCE INDEX (wa_webhook_deliveries_turn)
            WHERE d.webhook_id = ? AND d.status = 'pending' AND d.next_attempt_at <= ?
            AND NOT EXISTS (SELECT 1 FROM wa_webhook_deliveries e WHERE e.webhook_id = d.webhook_id AND e.chat = d.chat AND e.status = 'pending'
            AND e.id < d.id AND e.attempts < ? AND e.next_attempt_at > ?) ORDER BY d.id LIMIT ?
            """, [.integer(webhook), .moment(now), .unsigned(Self.attemptsInOrder), .moment(now), .unsigned(limit)]
        ).rows
        var ids: [String] = []
        var rest = bytes
        for row in due {
            rest -= min(try row.integer("size"), rest)
            // Numbers, so that they may stand in the statement; a list of its own length is not worth keeping prepared.
            if ids.isEmpty || rest > 0 { ids.append(String(try row.integer("id"))) } else { break }
        }
        guard !ids.isEmpty else { return [] }
        let list = ids.joined(separator: ",")
        let until = now.adding(milliseconds: leaseSeconds * 1_000)
        return try database.atomically { () throws(StoreError) in
            _ = try database.runOnce(
                "UPDATE wa_webhook_deliveries SET next_attempt_at = ? WHERE id IN (\(list)) AND status = 'pending' AND next_attempt_at <= ?",
                [.moment(until), .moment(now)])
            return try database.runOnce("\(DeliveryRow.select) WHERE d.id IN (\(list)) AND d.next_attempt_at = ? ORDER BY d.id", [.moment(until)]).rows
                .map { row throws(StoreError) in try DeliveryRow(row) }
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
            SELECT MIN(q.due) AS due FROM (SELECT (SELECT MIN(d.next_attempt_at) FROM wa_webhook_deliveries d WHERE d.webhook_id = w.id
            AND d.status = 'pending' AND d.next_attempt_at > COALESCE(?, '1000-01-01')) AS due FROM wa_webhooks w WHERE w.active = 1) q
            """, [.optional(moment)]
        ).rows.first?.optionalMoment("due")
    }

    package func find(id: Int64) throws(StoreError) -> DeliveryRow? { try rows("WHERE d.id = ?", [.integer(id)]).first }

    /// The newest deliveries.
    /// - Parameters:
    ///   - webhook: nil is every webhook; `status` and `event` likewise.
    ///   - session: only of webhooks of this session; nil is of all.
    ///   - before: only with smaller numbers.
    package func list(
        webhook: Int64? = nil, status: DeliveryStatus? = nil, event: String? = nil, session: Int64? = nil, before: Int64? = nil, limit: Int
    ) throws(StoreError) -> [DeliveryRow] {
        var parts = ["TRUE"]
        var parameters: [SQLValue] = []
        func add(_ part: String, _ value: SQLValue?) {
            guard let value else { return }
            parts.append(part)
            parameters.append(value)
        }
        add("d.webhook_id = ?", webhook.map { .integer($0) })
        add("d.status = ?", status.map { .word($0) })
        add("d.event = ?", event.map { .text($0) })
        add("w.session_id = ?", session.map { .integer($0) })
        add("d.id < ?", before.map { .integer($0) })
        return try rows("WHERE \(parts.joined(separator: " AND ")) ORDER BY d.id DESC LIMIT ?", parameters + [.unsigned(limit)])
    }

    private func rows(_ condition: String, _ parameters: [SQLValue]) throws(StoreError) -> [DeliveryRow] {
        try database.run("\(DeliveryRow.select) \(condition)", parameters).rows.map { row throws(StoreError) in try DeliveryRow(row) }
    }
}
