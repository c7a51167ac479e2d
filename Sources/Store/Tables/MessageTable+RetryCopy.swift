import CryptoPrimitives
package import Model

/// What is kept of a message that we sent, for devices that could not read it.
package struct RetryCopy: Sendable, Concealed {
    package let messageRowID: Int64
    /// The chat.
    package let contactID: Int64
    /// The encoded protobuf, without padding.
    package let plaintext: [UInt8]
    package var concealedByteCount: Int { plaintext.count }
}

// Sealed, as the protobuf holds the message's secret.
extension MessageTable {
    /// Keeps the encoded message; to be committed before its ciphertext leaves.
    /// - Parameter secret: the message secret, 32 bytes, where the message has one.
    package func saveRetryCopy(_ plaintext: [UInt8], secret: [UInt8]?, messageID: String, id: Int64, session: Int64) throws(StoreError) {
        let copy = try database.sealer.seal(plaintext, at: Self.place("retry_copy", messageID, session))
        let sealedSecret = try secret.map { secret throws(StoreError) in
            try database.sealer.seal(secret, at: Self.place("message_secret", messageID, session))
        }
        _ = try database.run(
            "UPDATE wa_messages SET retry_copy = ?, message_secret = COALESCE(?, message_secret) WHERE id = ? AND session_id = ?",
            [.bytes(copy), .optional(sealedSecret), .integer(id), .integer(session)])
    }

    /// The newest message of ours with this id that a copy was kept of.
    /// - Parameter contact: the chat, where it is known.
    package func retryCopy(messageID: String, contact: Int64? = nil, session: Int64) throws(StoreError) -> RetryCopy? {
        guard messageID.utf8.count <= 128, messageID.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let chat = contact == nil ? "" : "AND contact_id = ?"
        let rows = try database.run(
            """
            SELECT id, contact_id, retry_copy FROM wa_messages WHERE session_id = ? AND message_id = ? AND direction = 'outbound'
            AND retry_copy IS NOT NULL \(chat) ORDER BY id DESC LIMIT 1
            """, [.integer(session), .text(messageID)] + (contact.map { [.integer($0)] } ?? [])
        ).rows
        guard let row = rows.first else { return nil }
        let plaintext = try database.sealer.open(row.bytes("retry_copy"), at: Self.place("retry_copy", messageID, session))
        return RetryCopy(messageRowID: try row.integer("id"), contactID: try row.integer("contact_id"), plaintext: plaintext)
    }

    /// The secret of a message, 32 bytes; nil where it has none.
    package func secret(messageID: String, id: Int64, session: Int64) throws(StoreError) -> [UInt8]? {
        let rows = try database.run(
            "SELECT message_secret FROM wa_messages WHERE id = ? AND session_id = ?", [.integer(id), .integer(session)]
        ).rows
        return try rows.first?.optionalBytes("message_secret").map { sealed throws(StoreError) in
            try database.sealer.open(sealed, at: Self.place("message_secret", messageID, session))
        }
    }

    /// Empties copies of messages older than `moment`: nobody asks for them any more.
    /// - Returns: how many; the caller goes on while it is `limit`.
    package func dropRetryCopies(before moment: Timestamp, limit: Int) throws(StoreError) -> Int {
        try database.run(
            "UPDATE wa_messages SET retry_copy = NULL WHERE created_at < ? AND retry_copy IS NOT NULL ORDER BY created_at LIMIT ?",
            [.moment(moment), .unsigned(limit)]
        ).affectedRows
    }
}
