package import Model

// Messages that other messages are about.
extension MessageTable {
    /// Whose message is meant.
    package enum Author: Sendable {
        case anybody
        case us
        /// A contact.
        case contact(Int64)
    }

    /// The newest message of a chat with this WhatsApp id.
    package func find(_ messageID: String, in contact: Int64, by author: Author = .anybody, session: Int64) throws(StoreError) -> MessageRow? {
        guard messageID.utf8.count <= 128, messageID.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let (condition, parameters): (String, [SQLValue]) =
            switch author {
            case .anybody: ("", [])
            case .us: ("AND m.sender_id = ?", [.integer(0)])
            case .contact(let id): ("AND m.sender_id = ?", [.integer(id)])
            }
        return try rows(
            "WHERE m.session_id = ? AND m.contact_id = ? AND m.message_id = ? \(condition) ORDER BY m.id DESC LIMIT 1",
            [.integer(session), .integer(contact), .text(messageID)] + parameters
        ).first
    }

    /// Messages of a chat with this WhatsApp id, newest first; of a group's members several may claim the same.
    package func all(_ messageID: String, in contact: Int64, session: Int64) throws(StoreError) -> [MessageRow] {
        guard messageID.utf8.count <= 128, messageID.utf8.allSatisfy({ $0 < 0x80 }) else { return [] }
        return try rows(
            "WHERE m.session_id = ? AND m.contact_id = ? AND m.message_id = ? ORDER BY m.id DESC LIMIT 8",
            [.integer(session), .integer(contact), .text(messageID)])
    }

    /// Its text was changed afterwards; the first text stays.
    package func markEdited(id: Int64, at moment: Timestamp) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_messages SET edited_at = GREATEST(COALESCE(edited_at, ?), ?) WHERE id = ?",
            [.moment(moment), .moment(moment), .integer(id)])
    }

    /// It was taken back; what it said stays in the log.
    package func markDeleted(id: Int64, at moment: Timestamp) throws(StoreError) {
        _ = try database.run("UPDATE wa_messages SET deleted_at = COALESCE(deleted_at, ?) WHERE id = ?", [.moment(moment), .integer(id)])
    }

    /// Somebody has read messages of others; those that were read before stay as they are.
    package func markRead(ids: [Int64], at moment: Timestamp, session: Int64) throws(StoreError) {
        for id in ids {
            _ = try database.run(
                "UPDATE wa_messages SET read_at = COALESCE(read_at, ?) WHERE id = ? AND session_id = ? AND direction = 'inbound'",
                [.moment(moment), .integer(id), .integer(session)])
        }
    }

    /// The newest messages of a chat that others wrote and nobody has read yet, at most `limit`.
    package func unread(in contact: Int64, limit: Int, session: Int64) throws(StoreError) -> [MessageRow] {
        try rows(
            "WHERE m.session_id = ? AND m.contact_id = ? AND m.direction = 'inbound' AND m.read_at IS NULL ORDER BY m.id DESC LIMIT ?",
            [.integer(session), .integer(contact), .unsigned(limit)])
    }
}
