import Model
import Store

/// `GET messages/log` and `GET messages/:id`.
enum MessageLog {
    static let page: @Sendable (Call) throws -> Success = { call in
        let query = try LogQuery(call)
        let found: (rows: [MessageRow], total: Int) =
            query.canMatch
            ? try call.database.messages.page(query.page.page, limit: query.page.limit, filter: query.filter, session: call.key.sessionID) : ([], 0)
        let files = try MediaMembers.views(of: found.rows, call)
        return Success(
            data: .members([
                "messages": .array(found.rows.map { MessageView.json($0, files[$0.id], call.service.links) }),
                "pagination": query.page.pagination(total: Int64(found.total)),
            ]), message: query.page.message)
    }

    static let one: @Sendable (Call) throws -> Success = { call in
        guard let id = call.parameters["id"], let row = try call.database.messages.find(id, session: call.key.sessionID) else {
            throw Problem.noSuchMessage
        }
        let file = try MediaMembers.views(of: [row], call)[row.id]
        return Success(data: MessageView.json(row, file, call.service.links))
    }
}
