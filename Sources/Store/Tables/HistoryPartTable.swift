import CryptoPrimitives
import Model

/// A part of the phone's history that has not been taken in completely.
package struct HistoryPartRow: Sendable, Concealed {
    package let id: Int64
    /// Message that brought it; the receipt names it.
    package let messageID: String
    /// The serialised notice: the part itself, or where it lies.
    package let notice: [UInt8]
    package let attempts: Int
    package var concealedByteCount: Int { notice.count }
}

/// Queries on `wa_history_parts`.
package struct HistoryPartTable {
    let database: Database


    private func place(_ messageID: String, _ session: Int64) -> SealedPlace {
        SealedPlace("wa_history_parts", "notice", session: session, messageID)
    }

    /// A part has come; to be committed before its receipt. One that comes again changes nothing.
    package func add(_ notice: [UInt8], messageID: String, session: Int64) throws(StoreError) {
        let sealed = try database.sealer.seal(notice, at: place(messageID, session))
        _ = try database.run(
            """
            INSERT INTO wa_history_parts (session_id, message_id, notice) VALUES (?, ?, ?)
            ON DUPLICATE KEY UPDATE message_id = VALUES(message_id)
            """, [.integer(session), .text(messageID), .bytes(sealed)])
    }

    /// The oldest part that is not taken in; counts the attempt.
    package func next(session: Int64) throws(StoreError) -> HistoryPartRow? {
        let rows = try database.run(
            "SELECT id, message_id, notice, attempts FROM wa_history_parts WHERE session_id = ? AND status = 'pending' ORDER BY id LIMIT 1",
            [.integer(session)]
        ).rows
        guard let row = rows.first else { return nil }
        let (id, messageID) = (try row.integer("id"), try row.text("message_id"))
        let notice = try database.sealer.open(row.bytes("notice"), at: place(messageID, session))
        _ = try database.run("UPDATE wa_history_parts SET attempts = attempts + 1 WHERE id = ?", [.integer(id)])
        return HistoryPartRow(id: id, messageID: messageID, notice: notice, attempts: try row.integer("attempts", as: Int.self) + 1)
    }

    /// All of the part is stored; the phone is to be told.
    package func setTaken(id: Int64) throws(StoreError) {
        _ = try database.run("UPDATE wa_history_parts SET status = 'taken', notice = NULL WHERE id = ?", [.integer(id)])
    }

    /// The part can not be had or read.
    package func setFailed(id: Int64) throws(StoreError) {
        _ = try database.run("UPDATE wa_history_parts SET status = 'failed', notice = NULL WHERE id = ?", [.integer(id)])
    }

    /// Messages whose parts are taken in.
    package func taken(session: Int64) throws(StoreError) -> [String] {
        try database.run(
            "SELECT message_id FROM wa_history_parts WHERE session_id = ? AND status = 'taken' ORDER BY id", [.integer(session)]
        ).rows.map { row throws(StoreError) in try row.text("message_id") }
    }

    /// The phone was told.
    package func delete(messageID: String, session: Int64) throws(StoreError) {
        _ = try database.run(
            "DELETE FROM wa_history_parts WHERE session_id = ? AND message_id = ? AND status = 'taken'",
            [.integer(session), .text(messageID)])
    }
}
