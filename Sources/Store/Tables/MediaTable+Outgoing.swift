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
