import Model
import Store

/// `GET webhooks/deliveries`, `GET webhooks/deliveries/:id`, `POST webhooks/deliveries/:id/replay`: what was delivered, and what the receivers said.
enum DeliveryLog {
    static let list: @Sendable (Call) throws -> Success = { call in
        let query = call.path.query
        // The table grows fast; numbers are found at once at any depth, pages are not.
        let page = try PageRequest(query, usual: 50, most: 200)
        let before = try query.optionalInteger("before_id", in: 1...Int64.max)
        let rows = try call.database.deliveries.list(
            webhook: try query.optionalInteger("webhook", in: 1...Int64.max), status: try status(query), event: try event(query),
            session: call.reach, before: before, limit: page.limit)
        let next: JSONValue = rows.count == page.limit ? rows.last.map { .integer($0.id) } ?? .null : .null
        return Success(
            data: .members(["deliveries": .array(rows.map { .object(members($0)) }), "next_before_id": next]), message: page.message)
    }

    static let one: @Sendable (Call) throws -> Success = { call in
        let row = try delivery(call)
        return Success(data: .object(members(row) + [JSONMember("body", .string(row.body))]))
    }

    static let replay: @Sendable (Call) throws -> Success = { call in
        let row = try delivery(call)
        guard try call.database.deliveries.replay(id: row.id, now: call.now) else { throw Problem.noSuchDelivery }
        WebhookAdmin.ring(call)
        return Success(status: 202, data: .members(["delivery_id": .integer(row.id), "status": "pending"]))
    }

    private static func delivery(_ call: Call) throws -> DeliveryRow {
        let id = try call.number("id", else: .noSuchDelivery)
        guard let row = try call.database.deliveries.find(id: id) else { throw Problem.noSuchDelivery }
        let webhook = try call.database.webhooks.find(id: row.webhookID)
        guard call.administers || webhook?.sessionID == call.key.sessionID else { throw Problem.noSuchDelivery }
        return row
    }

    private static func status(_ query: Fields) throws(FieldError) -> DeliveryStatus? {
        let expected = (DeliveryStatus.allCases.map(\.rawValue) + ["all"]).joined(separator: ", ")
        guard let text = try query.optionalText("status", limit: 40, expected: expected), !text.isEmpty, text != "all" else { return nil }
        guard let status = DeliveryStatus(rawValue: text) else { throw FieldError("status", .badValue, expected: expected) }
        return status
    }

    private static func event(_ query: Fields) throws(FieldError) -> String? {
        let expected = EventName.allCases.map(\.rawValue).joined(separator: ", ")
        guard let text = try query.optionalText("event", limit: 64, expected: expected), !text.isEmpty else { return nil }
        guard let event = EventName(rawValue: text) else { throw FieldError("event", .badValue, expected: expected) }
        return event.rawValue
    }

    private static func members(_ row: DeliveryRow) -> [JSONMember] {
        [
            JSONMember("id", .integer(row.id)), JSONMember("event_id", .string(row.eventID)), JSONMember("event", .string(row.event)),
            JSONMember("webhook", .integer(row.webhookID)), JSONMember("url", .string(row.url)),
            JSONMember("status", .string(row.status.rawValue)), JSONMember("attempts", .integer(Int64(row.attempts))),
            JSONMember("last_status", row.lastStatusCode.map { .integer(Int64($0)) } ?? .null),
            JSONMember("last_error", .text(row.lastError)), JSONMember("answer", .text(row.answerHead)),
            JSONMember("next_attempt_at", row.status == .pending ? .string(row.nextAttemptAt.iso8601) : .null),
            JSONMember("created_at", .string(row.createdAt.iso8601)), JSONMember("delivered_at", .text(row.deliveredAt?.iso8601)),
        ]
    }
}
