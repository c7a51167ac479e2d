import Model

// Messages that could not be decrypted when they came; the sender is asked to send them again under the same id.
extension MessageTable {
    /// What stands in `error_code` of such a row.
    package static let undecryptable = "undecryptable"

    /// A row for an inbound message whose content is not known yet; one that is there already stays as it is.
    package func insertPlaceholder(_ message: NewMessage) throws(StoreError) {
        try database.atomically { () throws(StoreError) in
            let row = try insertInbound(message)
            guard row.isNew else { return }
            _ = try database.run(
                "UPDATE wa_messages SET error_code = ?, error = ? WHERE id = ?",
                [.text(Self.undecryptable), .text("This message could not be decrypted yet; its sender was asked to send it again."), .integer(row.id)])
        }
    }

    /// The content has come after all.
    /// - Returns: false where the row is no placeholder (any more).
    package func fillPlaceholder(_ id: Int64, with message: NewMessage) throws(StoreError) -> Bool {
        let secret = try message.secret.map { secret throws(StoreError) in
            try database.sealer.seal(secret, at: Self.place("message_secret", message.messageID, message.sessionID))
        }
        return try database.run(
            """
            UPDATE wa_messages SET message_type = ?, content = ?, message_secret = ?, details = ?, error_code = NULL, error = NULL
            WHERE id = ? AND session_id = ? AND error_code = ?
            """,
            [
                .word(message.type), .optional(message.content), .optional(secret), .optional(message.details), .integer(id), .integer(message.sessionID),
                .text(Self.undecryptable),
            ]
        ).affectedRows > 0
    }
}
