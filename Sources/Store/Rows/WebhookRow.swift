import CryptoPrimitives
package import Model

/// A row of `wa_webhooks`. Prints without its secret.
package struct WebhookRow: Sendable, Equatable, Concealed {
    package let id: Int64
    package let name: String
    package let url: String
    /// Names of events, or `*` for all.
    package let events: [String]
    /// As typed; nil or empty is no signature.
    package let secret: String?
    /// Headers that the owner adds, one a line, as typed.
    package let headers: String?
    package let isActive: Bool
    /// What the daemon found wrong with a row that was typed in phpMyAdmin.
    package let problem: String?
    /// nil is every session.
    package let sessionID: Int64?
    package let failingSince: Timestamp?
    package let createdAt: Timestamp

    func wants(_ event: EventName) -> Bool { events.contains("*") || events.contains(event.rawValue) }

    package var concealedByteCount: Int { secret?.utf8.count ?? 0 }

    static let columns = "id, name, url, events, secret, headers, active, session_id, failing_since, problem, \(ownerCreatedAt)"

    init(_ row: Row) throws(StoreError) {
        id = try row.integer("id")
        name = try row.text("name")
        url = try row.text("url")
        events = try row.text("events").split(separator: ",").map(String.init)
        secret = try row.optionalText("secret")
        headers = try row.optionalText("headers")
        isActive = try row.flag("active")
        problem = try row.optionalText("problem")
        sessionID = try row.optionalInteger("session_id")
        failingSince = try row.optionalMoment("failing_since")
        createdAt = try row.moment("created_at")
    }
}
