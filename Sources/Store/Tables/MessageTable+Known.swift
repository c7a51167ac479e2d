import Model

extension MessageTable {
    /// Is the message in the log with its content? A placeholder does not count.
    /// - Parameter sender: the contact who wrote it; nil for our own.
    package func isKnown(_ messageID: String, contact: Int64, sender: Int64?, session: Int64) throws(StoreError) -> Bool {
        try !database.run(
            """
            SELECT id FROM wa_messages WHERE session_id = ? AND contact_id = ? AND sender_id = ? AND message_id = ?
            AND NOT (error_code <=> ?)
            """,
            [.integer(session), .integer(contact), .integer(sender ?? 0), .text(messageID), .text(Self.undecryptable)]
        ).rows.isEmpty
    }
}
