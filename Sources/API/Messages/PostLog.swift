import Model
import Store

/// `GET posts`: status updates and posts of channels, which the log of messages does not have.
enum PostLog {
    static let page: @Sendable (Call) throws -> Success = { call in
        let query = call.path.query
        let page = try PageRequest(query, usual: 20, most: Limits.logPageSize)
        let found = try call.database.posts.page(page.page, limit: page.limit, kind: try kind(query), session: call.key.sessionID)
        return Success(
            data: .members([
                "posts": .array(found.rows.map(json)),
                "pagination": page.pagination(total: Int64(found.total)),
            ]), message: page.message)
    }

    private static func kind(_ query: Fields) throws(FieldError) -> NewPost.Kind? {
        let expected = "status, channel, all"
        guard let text = try query.optionalText("kind", limit: 40, expected: expected), !text.isEmpty, text != "all" else { return nil }
        guard let kind = NewPost.Kind(rawValue: text) else { throw FieldError("kind", .badValue, expected: expected) }
        return kind
    }

    private static func json(_ row: PostRow) -> JSONValue {
        .members([
            "id": .integer(row.id), "kind": .string(row.kind.rawValue), "message_id": .string(row.messageID), "author": .string(row.author),
            "author_name": .text(row.authorName), "message_type": .string(row.type.rawValue), "content": .text(row.content),
            "created_at": .string(row.createdAt.iso8601), "deleted_at": row.deletedAt.map { .string($0.iso8601) },
        ]).appending(MessageDetails.members(of: row.details))
    }
}
