package import Model

/// A status update or a channel's post that is about to become a row of `wa_posts`.
package struct NewPost: Sendable {
    package enum Kind: String, Sendable { case status, channel }

    package let sessionID: Int64
    package let kind: Kind
    /// JID of the person or channel.
    package let author: String
    package let authorName: String?
    package let messageID: String
    package let type: MessageType
    package let content: String?
    /// JSON; see `MessageDetails`.
    package let details: String?
    package let at: Timestamp

    package init(
        sessionID: Int64, kind: Kind, author: String, authorName: String?, messageID: String, type: MessageType, content: String?,
        details: String?, at: Timestamp
    ) {
        self.sessionID = sessionID
        self.kind = kind
        self.author = author
        self.authorName = authorName
        self.messageID = messageID
        self.type = type
        self.content = content
        self.details = details
        self.at = at
    }
}

/// Queries on `wa_posts`: what is broadcast to many and belongs into no chat.
package struct PostTable {
    let database: Database

    /// What is there already stays as it is.
    package func insert(_ post: NewPost) throws(StoreError) {
        _ = try database.run(
            """
            INSERT IGNORE INTO wa_posts (session_id, kind, author_jid, author_name, message_id, message_type, content, details, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(post.sessionID), .word(post.kind), .text(post.author), .optional(post.authorName?.clipped(to: 255)),
                .text(post.messageID), .word(post.type), .optional(post.content), .optional(post.details), .moment(post.at),
            ])
    }

    package func markDeleted(_ messageID: String, author: String, at moment: Timestamp, session: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_posts SET deleted_at = COALESCE(deleted_at, ?) WHERE session_id = ? AND author_jid = ? AND message_id = ?",
            [.moment(moment), .integer(session), .text(author), .text(messageID)])
    }

    /// Deletes posts older than `moment`.
    /// - Returns: how many; the caller goes on while it is `limit`.
    package func prune(before moment: Timestamp, limit: Int) throws(StoreError) -> Int {
        try database.run("DELETE FROM wa_posts WHERE created_at < ? ORDER BY created_at LIMIT ?", [.moment(moment), .unsigned(limit)])
            .affectedRows
    }
}
