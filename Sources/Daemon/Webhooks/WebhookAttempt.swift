package import Model
import NIOHTTP1

/// One attempt to deliver an event: everything that goes into its request.
package struct WebhookAttempt: Sendable {
    /// The same at every attempt, so that receivers can tell repeats.
    package var eventID: String
    package var event: String
    /// When the event happened, ISO 8601.
    package var eventTimestamp: String
    package var url: String
    package var secret: WebhookSecret?
    /// The canonical JSON of ``Event/body``.
    package var body: [UInt8]
    /// From 1.
    package var number: Int
    /// Position of the event among all of its webhook.
    package var sequence: Int64
    /// The owner's own headers.
    package var added: WebhookHeaders

    package init(
        eventID: String, event: String, eventTimestamp: String, url: String, secret: WebhookSecret?, body: [UInt8], number: Int, sequence: Int64,
        added: WebhookHeaders = WebhookHeaders(parsing: nil)
    ) {
        self.eventID = eventID
        self.event = event
        self.eventTimestamp = eventTimestamp
        self.url = url
        self.secret = secret
        self.body = body
        self.number = number
        self.sequence = sequence
        self.added = added
    }

    /// The headers of the API reference, its additions, and those of Standard Webhooks.
    func headers(now: Timestamp) -> HTTPHeaders {
        var headers: HTTPHeaders = [
            "Content-Type": "application/json", "Content-Length": String(body.count), "User-Agent": "WA-Connect-Webhook/1.0",
            "X-Webhook-Event": event, "X-Webhook-Timestamp": eventTimestamp, "X-Webhook-Id": eventID,
            "X-Webhook-Attempt": String(number), "X-Webhook-Sequence": String(sequence),
            "webhook-id": eventID, "webhook-timestamp": String(now.seconds),
        ]
        if let secret {
            let signature = secret.signature(of: body)
            headers.add(name: "X-Webhook-Signature", value: signature)
            headers.add(name: "X-Webhook-Signature-256", value: "sha256=" + signature)
            headers.add(name: "webhook-signature", value: secret.standardSignature(id: eventID, timestamp: now.seconds, body: body))
        }
        for header in added.headers { headers.add(name: header.name, value: header.value) }
        return headers
    }
}

/// What became of an attempt.
package struct WebhookAnswer: Sendable, Hashable {
    /// nil when there was no HTTP answer.
    package var status: Int?
    /// The beginning of the answer's body, or why there was none.
    package var head: String
    package var succeeded: Bool { status.map { (200...299).contains($0) } ?? false }
}
