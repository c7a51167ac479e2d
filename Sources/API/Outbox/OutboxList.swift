import Model
import Store

/// `GET messages/outbox`: what waits to be sent, and what became of it, whoever put it there.
enum OutboxList {
    static let answer: @Sendable (Call) throws -> Success = { call in
        let query = call.path.query
        let page = try PageRequest(query, usual: 20, most: 100)
        let status = try status(query)
        let rows = try call.database.outbox.list(session: call.key.sessionID, status: status, limit: page.limit, offset: page.offset)
        let total = try call.database.outbox.count(session: call.key.sessionID, status: status)
        return Success(
            data: .members(["outbox": .array(rows.map(json)), "pagination": page.pagination(total: total)]), message: page.message)
    }

    private static func status(_ query: Fields) throws(FieldError) -> OutboxStatus? {
        let expected = (OutboxStatus.allCases.map(\.rawValue) + ["all"]).joined(separator: ", ")
        guard let text = try query.optionalText("status", limit: 40, expected: expected), !text.isEmpty, text != "all" else { return nil }
        guard let status = OutboxStatus(rawValue: text) else { throw FieldError("status", .badValue, expected: expected) }
        return status
    }

    static func json(_ row: OutboxRow) -> JSONValue {
        .members([
            "id": .integer(row.id), "message_id": .text(row.messageID), "to": .string(row.to), "type": .string(row.kind),
            "status": .string(row.status.rawValue), "source": .string(row.source.rawValue), "attempts": .integer(Int64(row.attempts)),
            "send_at": row.status.isFinal ? .null : .string(row.nextAttemptAt.iso8601), "error": .text(row.error),
            "code": .text(row.errorCode), "job_id": row.bulkJobID.map(JSONValue.integer) ?? .null,
            "created_at": .string(row.createdAt.iso8601), "finished_at": .text(row.finishedAt?.iso8601),
        ])
    }
}
