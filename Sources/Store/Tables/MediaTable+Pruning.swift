package import Model

/// A received file that is to go.
package struct OldMedia: Sendable, Equatable {
    package let id: Int64
    package let localFile: String
    package let fileLength: Int64
}

// Files that have had their time.
extension MediaTable {
    /// Received files that were ready before `moment`, oldest first.
    package func old(before moment: Timestamp, limit: Int) throws(StoreError) -> [OldMedia] {
        try oldest("state = 'ready' AND ready_at < ?", [.moment(moment)], limit: limit)
    }

    /// The received files that have been here the longest.
    package func oldest(limit: Int) throws(StoreError) -> [OldMedia] { try oldest("state = 'ready'", [], limit: limit) }

    private func oldest(_ condition: String, _ parameters: [SQLValue], limit: Int) throws(StoreError) -> [OldMedia] {
        try database.run(
            "SELECT id, local_file, file_length FROM wa_media WHERE \(condition) ORDER BY ready_at, id LIMIT ?", parameters + [.unsigned(limit)]
        ).rows.map { row throws(StoreError) in
            OldMedia(
                id: try row.integer("id"), localFile: try row.optionalText("local_file") ?? "",
                fileLength: try row.optionalInteger("file_length") ?? 0)
        }
    }

    /// To be committed after the file is gone: a link says "no longer kept" from then on.
    package func expired(id: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_media SET state = 'expired', local_file = NULL, media_key = NULL, next_attempt_at = NULL WHERE id = ?", [.integer(id)])
    }

    /// Bytes that received files take.
    package func bytesKept() throws(StoreError) -> Int64 {
        try database.run("SELECT COALESCE(SUM(file_length), 0) AS bytes FROM wa_media WHERE state = 'ready'").rows.first?.integer("bytes") ?? 0
    }

    /// Empties the messages of files that were sent before `moment`.
    /// - Returns: how many; the caller goes on while it is `limit`.
    package func dropContents(before moment: Timestamp, limit: Int) throws(StoreError) -> Int {
        try database.run(
            "UPDATE wa_media SET content = NULL WHERE state = 'uploaded' AND created_at < ? AND content IS NOT NULL ORDER BY id LIMIT ?",
            [.moment(moment), .unsigned(limit)]
        ).affectedRows
    }

    /// Of these files below `media.dir/outgoing`, those that a message still waits to be sent with. One that was cancelled or has failed does not.
    package func needed(outgoing names: [String]) throws(StoreError) -> Set<String> {
        var needed = try named(
            names, in: "wa_media f JOIN wa_outbox o ON o.message_row_id = f.message_row_id WHERE o.status IN ('pending', 'working') AND")
        for name in names where !needed.contains(name) {
            let mark = "%" + name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } + "%"
            let rows = try database.run(
                """
                SELECT 1 AS one FROM wa_outbox WHERE status IN ('pending', 'working') AND payload LIKE ?
                UNION ALL SELECT 1 FROM wa_bulk_jobs WHERE status IN ('pending', 'working', 'paused') AND payload LIKE ? LIMIT 1
                """, [.text(mark), .text(mark)]
            ).rows
            if !rows.isEmpty { needed.insert(name) }
        }
        return needed
    }

    /// Of these names, those that a row still speaks of.
    package func known(localFiles names: [String]) throws(StoreError) -> Set<String> { try named(names, in: "wa_media f WHERE") }

    private func named(_ names: [String], in tables: String) throws(StoreError) -> Set<String> {
        guard !names.isEmpty else { return [] }
        let places = names.map { _ in "?" }.joined(separator: ", ")
        return Set(
            try database.run("SELECT f.local_file FROM \(tables) f.local_file IN (\(places))", names.map { .text($0) }).rows
                .map { row throws(StoreError) in try row.text("local_file") })
    }
}
