package import Model

/// A message that is about to be put into the outbox, with what the log shows of it.
package struct NewOutboxRow: Sendable {
    /// What makes a repeated request harmless.
    package struct Idempotency: Sendable {
        package let apiKeyID: Int64
        /// The `Idempotency-Key`, at most 128 bytes.
        package let key: String
        /// Lower-case hex SHA-256 of what was asked for.
        package let contentDigest: String
        package init(apiKeyID: Int64, key: String, contentDigest: String) {
            self.apiKeyID = apiKeyID
            self.key = key
            self.contentDigest = contentDigest
        }
    }

    package var sessionID: Int64
    package var ownJID: JID?
    package var to: JID
    /// Made by the caller, so that it is known before the answer.
    package var messageID: String
    /// The kind of ``payload``: its reader is chosen by it.
    package var kind: String
    /// JSON.
    package var payload: String
    package var type: MessageType
    /// What the log shows.
    package var content: String?
    /// What else the log says of it, as JSON.
    package var details: String?
    package var source: MessageSource
    package var apiKeyID: Int64?
    package var idempotency: Idempotency?
    /// Not before; nil is at once.
    package var sendAt: Timestamp?
    /// What the key may still send today; nil counts nothing.
    package var allowance: MessageAllowance?

    package init(
        sessionID: Int64, ownJID: JID?, to: JID, messageID: String, kind: String, payload: String, type: MessageType, content: String?,
        details: String? = nil, source: MessageSource = .api, apiKeyID: Int64? = nil, idempotency: Idempotency? = nil, sendAt: Timestamp? = nil
    ) {
        self.sessionID = sessionID
        self.ownJID = ownJID
        self.to = to
        self.messageID = messageID
        self.kind = kind
        self.payload = payload
        self.type = type
        self.content = content
        self.details = details
        self.source = source
        self.apiKeyID = apiKeyID ?? idempotency?.apiKeyID
        self.idempotency = idempotency
        self.sendAt = sendAt
    }
}

/// What became of a request to send.
package enum EnqueueResult: Sendable {
    /// A new row; ring the daemon.
    case stored(OutboxRow)
    /// The same request was finished before; answer from its row.
    case repeated(OutboxRow)
    /// The same request is still being worked on.
    case inProgress(OutboxRow)
    /// The idempotency key was used for something else.
    case conflict
    /// The key has sent what it may send today; nothing was stored.
    case overAllowance
}
