package import Model

/// Queries on `wa_media`: files that came with messages, and files on their way out.
package struct MediaTable {
    let database: Database

    /// Sealed columns are bound to the message, whose number is known before the row's.
    static func place(_ column: String, message: Int64, session: Int64) -> SealedPlace {
        SealedPlace("wa_media", column, session: session, String(message))
    }

    // MARK: Received

    /// The file of a message that arrived, to be downloaded now; in the transaction of its message.
    /// - Returns: the row's number.
    package func insertReceived(_ new: NewMedia, now: Timestamp) throws(StoreError) -> Int64 {
        let key = try database.sealer.seal(new.mediaKey, at: Self.place("media_key", message: new.messageRowID, session: new.sessionID))
        return try database.run(
            """
            INSERT INTO wa_media (message_row_id, session_id, state, mime_type, file_name, file_length, category, media_key, file_sha256,
            file_enc_sha256, direct_path, url, next_attempt_at, created_at) VALUES (?, ?, 'waiting', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(new.messageRowID), .integer(new.sessionID), .optional(new.mimeType?.clipped(to: 255)),
                .optional(new.fileName?.clipped(to: 255)), .optional(new.fileLength), .text(new.category), .bytes(key),
                .bytes(new.fileSHA256), .optional(new.fileEncSHA256), .optional(new.directPath), .optional(new.url), .moment(now), .moment(now),
            ]
        ).insertID
    }

    /// Files to be downloaded by now, and requests to phones whose time is over, oldest first.
    /// - Parameter excluding: rows that are being worked on.
    package func due(session: Int64, now: Timestamp, excluding: [Int64] = [], limit: Int) throws(StoreError) -> [MediaRow] {
        let others = excluding.isEmpty ? "" : "AND id NOT IN (\(excluding.map { _ in "?" }.joined(separator: ", ")))"
        return try rows(
            "WHERE session_id = ? AND next_attempt_at <= ? \(others) ORDER BY next_attempt_at, id LIMIT ?",
            [.integer(session), .moment(now)] + excluding.map { .integer($0) } + [.unsigned(limit)])
    }

    /// When something is due next; nil where nothing is.
    package func nextDueAt(session: Int64) throws(StoreError) -> Timestamp? {
        try database.run("SELECT MIN(next_attempt_at) AS due FROM wa_media WHERE session_id = ?", [.integer(session)])
            .rows.first?.optionalMoment("due")
    }

    /// The file is here, checked.
    package func ready(id: Int64, localFile: String, fileLength: Int64, at now: Timestamp) throws(StoreError) {
        _ = try database.run(
            """
            UPDATE wa_media SET state = 'ready', local_file = ?, file_length = ?, ready_at = ?, next_attempt_at = NULL, error = NULL
            WHERE id = ?
            """, [.text(localFile), .integer(fileLength), .moment(now), .integer(id)])
    }

    /// A download has failed, and is tried again.
    package func retryLater(id: Int64, at moment: Timestamp, error: String) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_media SET attempts = attempts + 1, next_attempt_at = ?, error = ? WHERE id = ?",
            [.moment(moment), .text(error.clipped(to: 255)), .integer(id)])
    }

    /// The phone is asked to upload it again.
    /// - Parameter until: it is given up then.
    package func asked(id: Int64, at now: Timestamp, until: Timestamp, error: String) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_media SET state = 'asked', attempts = 0, asked_at = ?, next_attempt_at = ?, error = ? WHERE id = ?",
            [.moment(now), .moment(until), .text(error.clipped(to: 255)), .integer(id)])
    }

    /// There will be no file.
    package func end(id: Int64, as state: MediaState, error: String) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_media SET state = ?, next_attempt_at = NULL, error = ? WHERE id = ?",
            [.word(state), .text(error.clipped(to: 255)), .integer(id)])
    }

    /// Files of messages with this id that the phone was asked for.
    package func asked(messageID: String, session: Int64) throws(StoreError) -> [MediaRow] {
        guard messageID.utf8.count <= 128, messageID.utf8.allSatisfy({ $0 < 0x80 }) else { return [] }
        return try rows(
            """
            WHERE state = 'asked' AND message_row_id IN (SELECT id FROM wa_messages WHERE session_id = ? AND message_id = ?)
            ORDER BY id DESC LIMIT 8
            """, [.integer(session), .text(messageID)])
    }

    /// Files that a phone was asked for and has said nothing about, newest first; `attempts` counts how often the question was repeated.
    package func asked(session: Int64, repeatedLessThan repetitions: Int, limit: Int) throws(StoreError) -> [MediaRow] {
        try rows(
            "WHERE session_id = ? AND next_attempt_at IS NOT NULL AND state = 'asked' AND attempts < ? ORDER BY id DESC LIMIT ?",
            [.integer(session), .unsigned(repetitions), .unsigned(limit)])
    }

    /// The phone is asked once more.
    package func askedAgain(id: Int64) throws(StoreError) {
        _ = try database.run("UPDATE wa_media SET attempts = attempts + 1 WHERE id = ? AND state = 'asked'", [.integer(id)])
    }

    /// The phone has uploaded it again: it lies there now.
    package func uploadedAgain(id: Int64, directPath: String, now: Timestamp) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_media SET state = 'waiting', direct_path = ?, url = NULL, attempts = 0, next_attempt_at = ? WHERE id = ? AND state = 'asked'",
            [.text(directPath), .moment(now), .integer(id)])
    }

    private func rows(_ condition: String, _ parameters: [SQLValue]) throws(StoreError) -> [MediaRow] {
        try database.run("\(MediaRow.select) \(condition)", parameters).rows.map { row throws(StoreError) in
            try MediaRow(row, sealer: database.sealer)
        }
    }
}
