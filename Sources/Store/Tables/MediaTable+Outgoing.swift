package import Model

/// A file on its way out.
package struct OutgoingMediaRow: Sendable {
    package let id: Int64
    package let state: MediaState
    /// Below `media.dir/outgoing`.
    package let localFile: String?
    /// The message as protobuf, from `prepared` on; with the file's address from `uploaded` on.
    package let content: [UInt8]?
}

// Files that are to be sent: fetched, prepared, uploaded. What a step has reached outlives the daemon.
extension MediaTable {
    package func outgoing(message: Int64, session: Int64) throws(StoreError) -> OutgoingMediaRow? {
        let rows = try database.run(
            "SELECT id, state, local_file, content FROM wa_media WHERE message_row_id = ? AND session_id = ?",
            [.integer(message), .integer(session)]
        ).rows
        guard let row = rows.first else { return nil }
        let content = try row.optionalBytes("content").map { sealed throws(StoreError) in
            try database.sealer.open(sealed, at: Self.place("content", message: message, session: session))
        }
        return OutgoingMediaRow(
            id: try row.integer("id"), state: try row.word("state", as: MediaState.self), localFile: try row.optionalText("local_file"),
            content: content)
    }

    /// The file is here.
    package func fetched(message: Int64, session: Int64, localFile: String, now: Timestamp) throws(StoreError) {
        _ = try database.run(
            """
            INSERT INTO wa_media (message_row_id, session_id, state, local_file, created_at) VALUES (?, ?, 'fetched', ?, ?)
            ON DUPLICATE KEY UPDATE state = VALUES(state), local_file = VALUES(local_file), content = NULL
            """, [.integer(message), .integer(session), .text(localFile), .moment(now)])
    }

    /// Its keys and hashes stand; uploading it again from here on is the same upload.
    package func prepared(
        message: Int64, session: Int64, localFile: String, content: [UInt8], mimeType: String?, fileName: String?, fileLength: Int64,
        now: Timestamp
    ) throws(StoreError) {
        _ = try database.run(
            """
            INSERT INTO wa_media (message_row_id, session_id, state, local_file, content, mime_type, file_name, file_length, created_at)
            VALUES (?, ?, 'prepared', ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE state = VALUES(state), local_file = VALUES(local_file),
            content = VALUES(content), mime_type = VALUES(mime_type), file_name = VALUES(file_name), file_length = VALUES(file_length)
            """,
            [
                .integer(message), .integer(session), .text(localFile), .bytes(try sealed(content, message: message, session: session)),
                .optional(mimeType?.clipped(to: 255)), .optional(fileName?.clipped(to: 255)), .integer(fileLength), .moment(now),
            ])
    }

    /// It lies at the media hosts; the local file is not needed any more.
    package func uploaded(message: Int64, session: Int64, content: [UInt8]) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_media SET state = 'uploaded', content = ?, local_file = NULL WHERE message_row_id = ? AND session_id = ?",
            [.bytes(try sealed(content, message: message, session: session)), .integer(message), .integer(session)])
    }

    /// Takes what was uploaded for another recipient of the same bulk.
    /// - Returns: false where nothing was yet.
    package func takeOver(fromBulk job: Int64, message: Int64, session: Int64, now: Timestamp) throws(StoreError) -> Bool {
        let rows = try database.run(
            """
            SELECT f.message_row_id, f.content, f.mime_type, f.file_name, f.file_length FROM wa_outbox o
            JOIN wa_media f ON f.message_row_id = o.message_row_id
            WHERE o.bulk_job_id = ? AND f.session_id = ? AND f.state = 'uploaded' AND f.content IS NOT NULL ORDER BY o.bulk_position LIMIT 1
            """, [.integer(job), .integer(session)]
        ).rows
        guard let row = rows.first, let sealed = try row.optionalBytes("content") else { return false }
        let other = try row.integer("message_row_id")
        let content = try database.sealer.open(sealed, at: Self.place("content", message: other, session: session))
        _ = try database.run(
            """
            INSERT INTO wa_media (message_row_id, session_id, state, content, mime_type, file_name, file_length, created_at)
            VALUES (?, ?, 'uploaded', ?, ?, ?, ?, ?)
            """,
            [
                .integer(message), .integer(session), .bytes(try self.sealed(content, message: message, session: session)),
                .optional(try row.optionalText("mime_type")), .optional(try row.optionalText("file_name")),
                .optional(try row.optionalInteger("file_length")), .moment(now),
            ])
        return true
    }

    /// Nothing more is sent: the file's name goes, what is told of it stays.
    package func dropOutgoing(message: Int64, session: Int64) throws(StoreError) {
        _ = try database.run(
            """
            UPDATE wa_media SET local_file = NULL, content = NULL WHERE message_row_id = ? AND session_id = ?
            AND state IN ('fetched', 'prepared', 'uploaded')
            """, [.integer(message), .integer(session)])
    }

    private func sealed(_ content: [UInt8], message: Int64, session: Int64) throws(StoreError) -> [UInt8] {
        try database.sealer.seal(content, at: Self.place("content", message: message, session: session))
    }
}
