package import Model

// The life of a message that we sent.
extension MessageTable {
    /// Moves outbound messages forward to `status`, never back.
    /// - Parameters:
    ///   - contact: the chat, where the receipt tells it; messages of other chats with the same id are left alone.
    ///   - error: code and words, for `failed`.
    /// - Returns: the messages that changed, as they are now: the ones that deserve an event.
    package func advanceStatus(
        _ messageIDs: [String], to status: MessageStatus, contact: Int64? = nil, error: (code: String, text: String)? = nil,
        at now: Timestamp, session: Int64
    ) throws(StoreError) -> [MessageRow] {
        try database.together { () throws(StoreError) in
            var changed: [MessageRow] = []
            for messageID in messageIDs {
                for row in try outbound(messageID, contact: contact, session: session) {
                    if let row = try advance(row, to: status, error: error, at: now) { changed.append(row) }
                }
            }
            return changed
        }
    }

    /// - Parameter row: locked.
    /// - Returns: it as it is now; nil where it was there already, or further.
    func advance(
        _ row: MessageRow, to status: MessageStatus, error: (code: String, text: String)? = nil, at now: Timestamp
    ) throws(StoreError) -> MessageRow? {
        guard row.status.rank < status.rank else { return nil }
        let row = row.advanced(to: status, error: error, at: now)
        try setStatus(row)
        return row
    }

    func outbound(_ messageID: String, contact: Int64?, session: Int64) throws(StoreError) -> [MessageRow] {
        guard messageID.utf8.count <= 128, messageID.utf8.allSatisfy({ $0 < 0x80 }) else { return [] }
        let chat = contact == nil ? "" : "AND m.contact_id = ?"
        return try rows(
            "WHERE m.session_id = ? AND m.message_id = ? AND m.direction = 'outbound' \(chat) ORDER BY m.id FOR UPDATE",
            [.integer(session), .text(messageID)] + (contact.map { [.integer($0)] } ?? []))
    }

    private func setStatus(_ row: MessageRow) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_messages SET status = ?, error_code = ?, error = ?, sent_at = ?, delivered_at = ?, read_at = ? WHERE id = ?",
            [
                .word(row.status), .optional(row.errorCode), .optional(row.error), .optional(row.sentAt), .optional(row.deliveredAt),
                .optional(row.readAt), .integer(row.id),
            ])
    }
}
