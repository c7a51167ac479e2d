package import Model

/// Where a row of `wa_webhook_deliveries` stands.
package enum DeliveryStatus: String, Sendable, CaseIterable { case pending, delivered, dead }

/// A row of `wa_webhook_deliveries` with its webhook's address and secret.
package struct DeliveryRow: Sendable {
    package let id: Int64
    /// A UUID, the same at every attempt and for every webhook.
    package let eventID: String
    package let webhookID: Int64
    package let url: String
    package let secret: String?
    /// Of the webhook, as typed.
    package let headers: String?
    package let sessionID: Int64?
    package let event: String
    /// Contact whose events keep their order; 0 is none.
    package let chat: Int64
    package let sequence: Int64
    /// What is signed and posted.
    package let body: String
    package let status: DeliveryStatus
    /// Attempts that were made.
    package let attempts: Int
    package let nextAttemptAt: Timestamp
    package let lastStatusCode: Int?
    package let lastError: String?
    package let answerHead: String?
    package let eventAt: Timestamp
    package let createdAt: Timestamp
    package let deliveredAt: Timestamp?

    static let select = """
        SELECT d.id, d.event_id, d.webhook_id, w.url, w.secret, w.headers, d.session_id, d.event, d.chat, d.sequence, d.body, d.status, d.attempts, \
        d.next_attempt_at, d.last_status_code, d.last_error, d.answer_head, d.event_at, d.created_at, d.delivered_at \
        FROM wa_webhook_deliveries d JOIN wa_webhooks w ON w.id = d.webhook_id
        """

    init(_ row: Row) throws(StoreError) {
        id = try row.integer("id")
        eventID = try row.text("event_id")
        webhookID = try row.integer("webhook_id")
        url = try row.text("url")
        secret = try row.optionalText("secret")
        headers = try row.optionalText("headers")
        sessionID = try row.optionalInteger("session_id")
        event = try row.text("event")
        chat = try row.integer("chat")
        sequence = try row.integer("sequence")
        body = try row.text("body")
        status = try row.word("status", as: DeliveryStatus.self)
        attempts = try row.integer("attempts", as: Int.self)
        nextAttemptAt = try row.moment("next_attempt_at")
        lastStatusCode = try row.optionalInteger("last_status_code").map { Int(clamping: $0) }
        lastError = try row.optionalText("last_error")
        answerHead = try row.optionalText("answer_head")
        eventAt = try row.moment("event_at")
        createdAt = try row.moment("created_at")
        deliveredAt = try row.optionalMoment("delivered_at")
    }
}

/// What came of one attempt.
package struct DeliveryAnswer: Sendable {
    /// HTTP status; nil where there was no answer.
    package let statusCode: Int?
    /// What went wrong, in words.
    package let error: String?
    /// The beginning of the answer's body.
    package let head: String?
    package init(statusCode: Int?, error: String? = nil, head: String? = nil) {
        self.statusCode = statusCode
        self.error = error
        self.head = head
    }
}
