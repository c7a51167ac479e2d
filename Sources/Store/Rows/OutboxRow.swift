package import Model

/// Where a row of `wa_outbox` stands.
package enum OutboxStatus: String, Sendable, CaseIterable {
    case pending, working, sent, failed, cancelled
    /// Nothing more happens to the row.
    package var isFinal: Bool { self != .pending && self != .working }
}

/// A row of `wa_outbox` with its message.
package struct OutboxRow: Sendable, Equatable {
    package let id: Int64
    package let sessionID: Int64
    /// The row in the log; nil for rows that were inserted by SQL and not taken up yet.
    package let messageRowID: Int64?
    package let messageID: String?
    /// The chat; nil as `messageRowID`.
    package let contactID: Int64?
    package let to: String
    package let kind: String
    /// JSON; of a bulk, the one of all its recipients.
    package let payload: String
    package let status: OutboxStatus
    /// Where the message stands, which may be beyond `sent` by now.
    package let messageStatus: MessageStatus?
    package let source: MessageSource
    package let attempts: Int
    package let nextAttemptAt: Timestamp
    /// The encrypted bytes, from their commit until the ack.
    package let stanza: [UInt8]?
    package let errorCode: String?
    package let error: String?
    package let createdAt: Timestamp
    package let finishedAt: Timestamp?
    /// The bulk that it belongs to.
    package let bulkJobID: Int64?

    static let select = """
        SELECT o.id, o.session_id, o.message_row_id, m.message_id, m.contact_id, o.to_jid, o.kind, COALESCE(j.payload, o.payload) AS payload, o.status, \
        m.status AS message_status, o.source, o.attempts, COALESCE(o.next_attempt_at, o.created_at, UTC_TIMESTAMP(3)) AS next_attempt_at, o.stanza, o.error_code, o.error, \
        COALESCE(o.created_at, UTC_TIMESTAMP(3)) AS created_at, o.finished_at, \
        o.content_digest, o.bulk_job_id FROM wa_outbox o LEFT JOIN wa_messages m ON m.id = o.message_row_id \
        LEFT JOIN wa_bulk_jobs j ON j.id = o.bulk_job_id
        """

    init(_ row: Row) throws(StoreError) {
        id = try row.integer("id")
        sessionID = try row.integer("session_id")
        messageRowID = try row.optionalInteger("message_row_id")
        messageID = try row.optionalText("message_id")
        contactID = try row.optionalInteger("contact_id")
        to = try row.text("to_jid")
        kind = try row.text("kind")
        payload = try row.text("payload")
        status = try row.word("status", as: OutboxStatus.self)
        messageStatus = try row.optionalWord("message_status", as: MessageStatus.self)
        source = try row.word("source", as: MessageSource.self)
        attempts = try row.integer("attempts", as: Int.self)
        nextAttemptAt = try row.moment("next_attempt_at")
        stanza = try row.optionalBytes("stanza")
        errorCode = try row.optionalText("error_code")
        error = try row.optionalText("error")
        createdAt = try row.moment("created_at")
        finishedAt = try row.optionalMoment("finished_at")
        bulkJobID = try row.optionalInteger("bulk_job_id")
    }
}
