package import Model

/// A bulk that is about to be stored.
package struct NewBulk: Sendable {
    package struct Recipient: Sendable {
        /// A JID; for one that is not sent to, the beginning of what was given.
        package let to: String
        /// As the request had it, as JSON of at most 600 characters.
        package let given: String
        /// Why nothing is sent to it.
        package let failure: Failure?

        package init(to: String, given: String, failure: Failure? = nil) {
            self.to = to
            self.given = given
            self.failure = failure
        }
    }
    package struct Failure: Sendable {
        package let code: String
        package let text: String
        package init(code: String, text: String) {
            self.code = code
            self.text = text
        }
    }

    package var sessionID: Int64
    package var apiKeyID: Int64
    package var kind: String
    /// JSON.
    package var payload: String
    package var recipients: [Recipient]
    package var delayMilliseconds: Int64
    package var idempotency: NewOutboxRow.Idempotency?
    /// Not before; nil is at once.
    package var sendAt: Timestamp?
    package var allowance: MessageAllowance?

    package init(
        sessionID: Int64, apiKeyID: Int64, kind: String, payload: String, recipients: [Recipient], delayMilliseconds: Int64,
        idempotency: NewOutboxRow.Idempotency? = nil, sendAt: Timestamp? = nil, allowance: MessageAllowance? = nil
    ) {
        self.sessionID = sessionID
        self.apiKeyID = apiKeyID
        self.kind = kind
        self.payload = payload
        self.recipients = recipients
        self.delayMilliseconds = delayMilliseconds
        self.idempotency = idempotency
        self.sendAt = sendAt
        self.allowance = allowance
    }
}

/// What became of a request for a bulk; the cases are those of ``EnqueueResult``.
package enum EnqueueBulkResult: Sendable {
    case stored(BulkRow)
    case repeated(BulkRow)
    case inProgress(BulkRow)
    case conflict
    case overAllowance
}
