import Model
import Store

/// `GET messages/log` and `GET messages/:id`.
enum MessageLog {
    static let page: @Sendable (Call) throws -> Success = { call in
        let query = call.path.query
        let page = try query.optionalInteger("page", in: 1...1_000_000_000) ?? 1
        let asked = try query.optionalInteger("limit", in: 1...1_000_000_000) ?? 20
        let limit = min(asked, Int64(Limits.logPageSize))
        let direction = try direction(query)
        let since = try query.optionalInteger("since_id", in: 0...Int64.max)
        var filter = MessageFilter()
        filter.direction = direction
        filter.sinceID = since
        let log = try call.database.messages.page(Int(page), limit: Int(limit), filter: filter, session: call.key.sessionID)
        let total = Int64(log.total)
        return Success(
            data: .members([
                "messages": .array(log.rows.map(MessageView.json)),
                "pagination": .members([
                    "page": .integer(page), "limit": .integer(limit), "total": .integer(total),
                    "totalPages": .integer(total / limit + (total % limit > 0 ? 1 : 0)),
                ]),
            ]), message: asked > limit ? "limit was lowered to \(limit)" : nil)
    }

    static let one: @Sendable (Call) throws -> Success = { call in
        guard let id = call.parameters["id"],
            let row = try call.database.messages.find(id, session: call.key.sessionID)
        else { throw Problem.noSuchMessage }
        return Success(data: MessageView.json(row))
    }

    private static func direction(_ query: Fields) throws(FieldError) -> MessageDirection? {
        let expected = "inbound, outbound or all"
        guard let text = try query.optionalText("direction", limit: 20, expected: expected), !text.isEmpty, text != "all" else { return nil }
        guard let direction = MessageDirection(rawValue: text) else { throw FieldError("direction", .badValue, expected: expected) }
        return direction
    }
}
