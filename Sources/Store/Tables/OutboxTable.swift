package import Model

/// Queries on `wa_outbox`.
package struct OutboxTable {
    let database: Database

    func rows(_ condition: String, _ parameters: [SQLValue]) throws(StoreError) -> [OutboxRow] {
        try database.run("\(OutboxRow.select) \(condition)", parameters).rows.map { row throws(StoreError) in try OutboxRow(row) }
    }

    package func find(id: Int64) throws(StoreError) -> OutboxRow? {
        try rows("WHERE o.id = ?", [.integer(id)]).first
    }

    /// Stores a message to be sent: contact, log row and outbox row in one transaction. Asked again with the same idempotency key within 24 hours, it
    /// stores nothing and tells what became of the first.
    package func enqueue(_ new: NewOutboxRow, now: Timestamp) throws(StoreError) -> EnqueueResult {
        if let idempotency = new.idempotency, let earlier = try earlier(idempotency, now: now) { return earlier }
        do {
            return try insert(new, now: now).map { .stored($0) } ?? .overAllowance
        } catch .duplicate {
            // Another process stored the same key meanwhile, and has committed: that is what the unique key waited for.
            guard let idempotency = new.idempotency, let earlier = try earlier(idempotency, now: now) else { throw .duplicate }
            return earlier
        }
    }

    /// What became of a request that came before with the same idempotency key; nil where none did within 24 hours.
    package func earlier(_ idempotency: NewOutboxRow.Idempotency, now: Timestamp) throws(StoreError) -> EnqueueResult? {
        let found = try database.run(
            "\(OutboxRow.select) WHERE o.api_key_id = ? AND o.idempotency_key = ?",
            [.integer(idempotency.apiKeyID), .text(idempotency.key)]
        ).rows.first
        guard let found else { return try database.bulkJobs.has(idempotency, now: now) ? .conflict : nil }
        let row = try OutboxRow(found)
        if row.createdAt <= now.adding(milliseconds: -Limits.idempotencySeconds * 1_000) {
            _ = try database.run(
                "UPDATE wa_outbox SET idempotency_key = NULL WHERE id = ? AND idempotency_key = ?",
                [.integer(row.id), .text(idempotency.key)])
            return nil
        }
        guard try found.optionalText("content_digest") == idempotency.contentDigest else { return .conflict }
        return row.status.isFinal ? .repeated(row) : .inProgress(row)
    }

    /// Lets the row's idempotency key be used again.
    package func forgetIdempotency(id: Int64) throws(StoreError) {
        _ = try database.run("UPDATE wa_outbox SET idempotency_key = NULL WHERE id = ?", [.integer(id)])
    }

    /// Whether a message of its own came with this idempotency key within 24 hours.
    func has(_ idempotency: NewOutboxRow.Idempotency, now: Timestamp) throws(StoreError) -> Bool {
        try !database.run(
            "SELECT 1 AS one FROM wa_outbox WHERE api_key_id = ? AND idempotency_key = ? AND created_at > ?",
            [.integer(idempotency.apiKeyID), .text(idempotency.key), .moment(now.adding(milliseconds: -Limits.idempotencySeconds * 1_000))]
        ).rows.isEmpty
    }

    /// nil where the key may send no more today.
    private func insert(_ new: NewOutboxRow, now: Timestamp) throws(StoreError) -> OutboxRow? {
        try database.atomically { () throws(StoreError) in
            if let allowance = new.allowance, try !database.keyUsage.take(allowance) { return nil }
            let address = try database.numbers.address(new.to, at: now, session: new.sessionID)
            let contact = try database.contacts.resolve(ContactAddress(address), session: new.sessionID)
            let message = try database.messages.insertOutbound(
                NewMessage(
                    sessionID: new.sessionID, ownJID: new.ownJID, contactID: contact, messageID: new.messageID, source: new.source,
                    type: new.type, content: new.content, at: now, details: new.details))
            guard message.isNew else { throw .duplicate }
            let result = try database.run(
                """
                INSERT INTO wa_outbox (session_id, message_row_id, to_jid, kind, payload, source, next_attempt_at, api_key_id, idempotency_key,
                content_digest, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .integer(new.sessionID), .integer(message.id), .text(new.to.description), .text(new.kind), .text(new.payload),
                    .word(new.source), .moment(new.sendAt ?? now), .optional(new.apiKeyID), .optional(new.idempotency?.key),
                    .optional(new.idempotency?.contentDigest), .moment(now),
                ])
            guard let row = try find(id: result.insertID) else { throw .reference }
            return row
        }
    }
}
