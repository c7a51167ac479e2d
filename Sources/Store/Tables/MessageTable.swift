package import Model

/// Queries on `wa_messages`.
package struct MessageTable {
    let database: Database

    /// A message of ours: `pending` as the API makes it, or `sent` when the owner's phone sent it.
    /// - Returns: the row, and whether it is new; a message that is there already stays as it is.
    @discardableResult
    package func insertOutbound(_ message: NewMessage, status: MessageStatus = .pending) throws(StoreError) -> (id: Int64, isNew: Bool) {
        try insert(message, direction: .outbound, sender: 0, status: status)
    }

    /// A message of somebody else.
    /// - Returns: the row, and whether it is new: WhatsApp repeats what it is not sure of.
    @discardableResult
    package func insertInbound(_ message: NewMessage) throws(StoreError) -> (id: Int64, isNew: Bool) {
        try insert(message, direction: .inbound, sender: message.participantContactID ?? message.contactID, status: .received)
    }

    private func insert(
        _ message: NewMessage, direction: MessageDirection, sender: Int64, status: MessageStatus
    ) throws(StoreError) -> (id: Int64, isNew: Bool) {
        try database.together { () throws(StoreError) in
            guard let id = try insertRow(message, direction: direction, sender: sender, status: status) else {
                return (try id(of: message, sender: sender), false)
            }
            try database.contacts.touch(message.contactID, at: message.at)
            return (id, true)
        }
    }

    /// nil where the message is there already.
    private func insertRow(
        _ message: NewMessage, direction: MessageDirection, sender: Int64, status: MessageStatus
    ) throws(StoreError) -> Int64? {
        let secret = try message.secret.map { secret throws(StoreError) in
            try database.sealer.seal(secret, at: Self.place("message_secret", message.messageID, message.sessionID))
        }
        do {
            return try database.run(
                """
                INSERT INTO wa_messages (session_id, own_jid, contact_id, participant_contact_id, sender_id, message_id, direction, source,
                message_type, content, status, created_at, sent_at, message_secret, details)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .integer(message.sessionID), .text(message.ownJID?.description ?? ""), .integer(message.contactID),
                    .optional(message.participantContactID), .integer(sender), .text(message.messageID), .word(direction),
                    .word(message.source), .word(message.type), .optional(message.content), .word(status), .moment(message.at),
                    status == .pending ? .null : .moment(message.at), .optional(secret), .optional(message.details),
                ]
            ).insertID
        } catch .duplicate {
            return nil
        }
    }

    private func id(of message: NewMessage, sender: Int64) throws(StoreError) -> Int64 {
        let rows = try database.run(
            "SELECT id FROM wa_messages WHERE session_id = ? AND contact_id = ? AND sender_id = ? AND message_id = ?",
            [.integer(message.sessionID), .integer(message.contactID), .integer(sender), .text(message.messageID)]
        ).rows
        guard let row = rows.first else { throw .deadlock }
        return try row.integer("id")
    }

    /// A message's sealed columns are bound to its WhatsApp id, which is known before the row's number and never changes.
    static func place(_ column: String, _ messageID: String, _ session: Int64) -> SealedPlace {
        SealedPlace("wa_messages", column, session: session, messageID)
    }
}

// Looking messages up.
extension MessageTable {
    func rows(_ condition: String, _ parameters: [SQLValue]) throws(StoreError) -> [MessageRow] {
        try database.run("\(MessageRow.select) \(condition)", parameters).rows.map { row throws(StoreError) in try MessageRow(row) }
    }

    package func find(id: Int64, session: Int64) throws(StoreError) -> MessageRow? {
        try rows("WHERE m.session_id = ? AND m.id = ?", [.integer(session), .integer(id)]).first
    }

    /// By row number, else by WhatsApp's message id: our own first, then the newest.
    package func find(_ idOrMessageID: String, session: Int64) throws(StoreError) -> MessageRow? {
        if idOrMessageID.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let id = Int64(idOrMessageID),
            let row = try find(id: id, session: session)
        {
            return row
        }
        // No message id is longer or has other characters than the column; asking would be an error of collations.
        guard idOrMessageID.utf8.count <= 128, idOrMessageID.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        return try rows(
            "WHERE m.session_id = ? AND m.message_id = ? ORDER BY m.direction = 'outbound' DESC, m.id DESC LIMIT 1",
            [.integer(session), .text(idOrMessageID)]
        ).first
    }
}
