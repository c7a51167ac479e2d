import Model
import Store

/// The fields of `POST webhooks` and `POST webhooks/:id`, checked; of a change, those that it names.
struct WebhookFields {
    let url: String?
    let name: String?
    /// Empty is all.
    let events: [EventName]?
    /// Empty is no signature.
    let secret: String?
    let headers: WebhookHeaders?
    let isActive: Bool?

    init(_ fields: Fields) throws(FieldError) {
        url = try Self.url(fields)
        name = try fields.optionalText("name", limit: 100, expected: "what the webhook is for, at most 100 characters")
        events = try Self.events(fields)
        secret = try fields.optionalText("secret", limit: 255, expected: "a secret of at most 255 characters")
        headers = try Self.headers(fields)
        isActive = try fields.optionalFlag("active")
    }

    private static func url(_ fields: Fields) throws(FieldError) -> String? {
        guard let url = try fields.optionalText("url", limit: 2_000, expected: WebhookURL.expected) else { return nil }
        guard WebhookURL.isGood(url) else { throw FieldError("url", .badValue, expected: WebhookURL.expected) }
        return url
    }

    private static func events(_ fields: Fields) throws(FieldError) -> [EventName]? {
        let expected = "a list of events: \(EventName.allCases.map(\.rawValue).joined(separator: ", ")); or * for all"
        if case .string(let text)? = fields["events"] {
            return try events(text.split(separator: ",").map { .string($0.filter { $0 != " " }) }, expected)
        }
        guard let values = try fields.optionalList("events", expected: expected) else { return nil }
        return try events(values, expected)
    }

    private static func events(_ values: [JSONValue], _ expected: String) throws(FieldError) -> [EventName] {
        var events: [EventName] = []
        for value in values {
            guard case .string(let word) = value else { throw FieldError("events", .wrongType, expected: expected) }
            if word == "*" { return [] }
            guard let event = EventName(rawValue: word) else { throw FieldError("events", .badValue, expected: expected) }
            if !events.contains(event) { events.append(event) }
        }
        guard !events.isEmpty else { throw FieldError("events", .empty, expected: expected) }
        return events
    }

    private static func headers(_ fields: Fields) throws(FieldError) -> WebhookHeaders? {
        switch fields["headers"] {
        case nil: return nil
        case .object(let members)?: return try WebhookHeaders(members)
        // PHP writes an empty array where it means an empty object.
        case .array(let values)? where values.isEmpty: return try WebhookHeaders([])
        default: throw FieldError("headers", .wrongType, expected: WebhookHeaders.expected)
        }
    }
}
