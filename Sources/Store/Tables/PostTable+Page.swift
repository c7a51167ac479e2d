package import Model

/// A row of `wa_posts`.
package struct PostRow: Sendable, Equatable {
    package let id: Int64
    package let kind: NewPost.Kind
    package let author: String
    package let authorName: String?
    package let messageID: String
    package let type: MessageType
    package let content: String?
    package let details: String?
    package let createdAt: Timestamp
    package let deletedAt: Timestamp?

    init(_ row: Row) throws(StoreError) {
        id = try row.integer("id")
        kind = try row.word("kind", as: NewPost.Kind.self)
        author = try row.text("author_jid")
        authorName = try row.optionalText("author_name")
        messageID = try row.text("message_id")
        type = try row.word("message_type", as: MessageType.self)
        content = try row.optionalText("content")
        details = try row.optionalText("details")
        createdAt = try row.moment("created_at")
        deletedAt = try row.optionalMoment("deleted_at")
    }
}

extension PostTable {
    /// One page, newest first, and how many there are in all.
    /// - Parameters:
    ///   - page: from 1.
    ///   - kind: nil for both.
    package func page(_ page: Int, limit: Int, kind: NewPost.Kind? = nil, session: Int64) throws(StoreError) -> (rows: [PostRow], total: Int) {
        let condition = "WHERE session_id = ?" + (kind == nil ? "" : " AND kind = ?")
        let parameters: [SQLValue] = [.integer(session)] + (kind.map { [.word($0)] } ?? [])
        let count = try database.run("SELECT COUNT(*) AS n FROM wa_posts \(condition)", parameters).rows
        let rows = try database.run(
            """
            SELECT id, kind, author_jid, author_name, message_id, message_type, content, details, created_at, deleted_at FROM wa_posts
            \(condition) ORDER BY id DESC LIMIT ? OFFSET ?
            """, parameters + [.unsigned(limit), .offset(page: page, limit: limit)]
        ).rows.map { row throws(StoreError) in try PostRow(row) }
        return (rows, try count.first?.integer("n", as: Int.self) ?? 0)
    }
}

extension SQLValue {
    /// Rows before a page that is counted from 1.
    fileprivate static func offset(page: Int, limit: Int) -> SQLValue {
        let (offset, overflow) = (max(page, 1) - 1).multipliedReportingOverflow(by: max(limit, 0))
        return .unsigned(overflow ? Int.max : offset)
    }
}
