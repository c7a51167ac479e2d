import Model
import Store

/// The webhooks of a session: `GET webhooks`, `POST webhooks`, `GET` and `POST webhooks/:id`, and `POST` to `test`, `replay` and `delete` it.
enum WebhookAdmin {
    static let list: @Sendable (Call) throws -> Success = { call in
        let rows = try call.database.webhooks.list(session: call.reach)
        let names = try names(call)
        return Success(data: .members(["webhooks": .array(rows.map { json($0, names) })]))
    }

    static let add: @Sendable (Call) throws -> Success = { call in
        let fields = try call.fields()
        let wanted = try WebhookFields(fields)
        guard let url = wanted.url else { throw FieldError("url", .missing, expected: "the address that events are posted to") }
        let session = try session(fields, call)
        let events = wanted.events.flatMap { $0.isEmpty ? nil : $0 }
        let headers = wanted.headers.flatMap { $0.headers.isEmpty ? nil : $0 }
        let database = call.database
        let id = try database.webhooks.add(
            url: url, name: wanted.name ?? "", events: events, secret: wanted.secret.flatMap { $0.isEmpty ? nil : $0 }, headers: headers,
            session: session)
        if wanted.isActive == false { _ = try database.webhooks.setActive(false, id: id) }
        guard let row = try database.webhooks.find(id: id) else { throw Problem.noSuchWebhook }
        return Success(data: json(row, try names(call)), message: "Webhook added")
    }

    static let one: @Sendable (Call) throws -> Success = { call in Success(data: json(try webhook(call), try names(call))) }

    static let change: @Sendable (Call) throws -> Success = { call in
        let row = try webhook(call)
        let wanted = try WebhookFields(try call.fields())
        let secret = wanted.secret ?? row.secret
        _ = try call.database.webhooks.update(
            id: row.id, url: wanted.url ?? row.url, name: wanted.name ?? row.name,
            events: wanted.events ?? row.events.compactMap(EventName.init), secret: secret == "" ? nil : secret,
            headers: wanted.headers ?? WebhookHeaders(parsing: row.headers), isActive: wanted.isActive ?? row.isActive)
        ring(call)
        return Success(data: json(try webhook(call), try names(call)), message: "Webhook changed")
    }

    static let delete: @Sendable (Call) throws -> Success = { call in
        guard try call.database.webhooks.delete(id: webhook(call).id) else { throw Problem.noSuchWebhook }
        return Success(message: "Webhook deleted with its deliveries")
    }

    /// Sends a made-up message; what the receiver says stands in the delivery.
    static let test: @Sendable (Call) throws -> Success = { call in
        let row = try webhook(call)
        guard row.isActive else { throw Problem(409, "webhook_inactive", "The webhook is switched off", error: "switch it on with `active`: true") }
        let event = Event.trial(at: call.now)
        let delivery = try call.database.deliveries.enqueueTest(
            event: event.name.rawValue, body: event.body, webhook: row.id, now: call.now)
        ring(call)
        return Success(
            status: 202, data: .members(["delivery_id": .integer(delivery), "status": "pending"]),
            message: "Queued; GET webhooks/deliveries/\(delivery) tells what the receiver answered")
    }

    /// Sends all dead letters again.
    static let replay: @Sendable (Call) throws -> Success = { call in
        let count = try call.database.deliveries.replayDead(webhook: webhook(call).id, now: call.now)
        ring(call)
        return Success(status: 202, data: .members(["replayed": .integer(Int64(count))]))
    }

    /// The daemon looks at once; where it does not run, when it starts.
    static func ring(_ call: Call) { _ = call.doorbell.ring(.webhooks, until: Deadline(0)) }

    private static func webhook(_ call: Call) throws -> WebhookRow {
        let id = try call.number("id", else: .noSuchWebhook)
        guard let row = try call.database.webhooks.find(id: id), call.administers || row.sessionID == call.key.sessionID else {
            throw Problem.noSuchWebhook
        }
        return row
    }

    /// Whose events: the key's session, one by name, or `*` for all.
    private static func session(_ fields: Fields, _ call: Call) throws -> Int64? {
        let name = try fields.optionalText("session", limit: 64, expected: "the name of a session, or * for all")
        if name == "*" {
            guard call.administers else { throw Problem.notTheAdministrator }
            return nil
        }
        return try call.session(named: name).id
    }

    private static func names(_ call: Call) throws -> [Int64: String] {
        Dictionary(uniqueKeysWithValues: try call.database.sessions.list().map { ($0.id, $0.name) })
    }

    /// Secrets are never told: of the secret and of headers, which carry tokens, only that they are there.
    private static func json(_ row: WebhookRow, _ sessions: [Int64: String]) -> JSONValue {
        let headers = WebhookHeaders(parsing: row.headers).headers.map { JSONMember($0.name, "***") }
        return .members([
            "id": .integer(row.id), "url": .string(row.url), "name": .string(row.name), "events": .array(row.events.map(JSONValue.string)),
            "active": .bool(row.isActive), "session": .string(row.sessionID.map { sessions[$0] ?? "" } ?? "*"),
            "secret": row.secret.map { $0.isEmpty ? .null : "***" } ?? .null, "headers": .object(headers),
            "failing_since": .text(row.failingSince?.iso8601), "created_at": .string(row.createdAt.iso8601),
        ])
    }
}

extension Problem {
    static let noSuchWebhook = Problem(404, "webhook_not_found", "Webhook not found", error: "no webhook with this id for this key")
    static let noSuchDelivery = Problem(404, "delivery_not_found", "Delivery not found", error: "no delivery with this id for this key")
}
