package import Model

/// A message of the phone's history.
package struct PastMessage: Sendable {
    package var message: NewMessage
    package var isFromMe: Bool
    package var status: MessageStatus

    package init(_ message: NewMessage, isFromMe: Bool, status: MessageStatus) {
        self.message = message
        self.isFromMe = isFromMe
        self.status = status
    }

    var sender: Int64 { isFromMe ? 0 : message.participantContactID ?? message.contactID }
}

// The history comes in thousands: a statement for each would keep everybody else waiting.
extension MessageTable {
    /// Rows of one statement; with texts of usual length they stay far below the packet size of any server.
    private static let batch = 50
    /// Bytes of text in one statement.
    private static let batchBytes = 512 << 10

    /// Stores messages of one chat; those that are there already stay as they are. Counts those that are new.
    /// - Parameter messages: all of the chat `contact`.
    package func insertPast(_ messages: [PastMessage], contact: Int64, session: Int64) throws(StoreError) {
        var seen = try known(messages.map(\.message.messageID), contact: contact, session: session)
        var fresh: [PastMessage] = []
        for past in messages where seen.insert("\(past.sender) \(past.message.messageID)").inserted { fresh.append(past) }
        guard let last = fresh.map(\.message.at).max() else { return }
        var part: [PastMessage] = []
        var bytes = 0
        for past in fresh {
            part.append(past)
            bytes += past.message.content?.utf8.count ?? 0
            guard part.count == Self.batch || bytes > Self.batchBytes else { continue }
            try insert(part)
            (part, bytes) = ([], 0)
        }
        if !part.isEmpty { try insert(part) }
        _ = try database.run(
            """
            UPDATE wa_contacts SET message_count = message_count + ?, last_message_at = GREATEST(COALESCE(last_message_at, ?), ?) WHERE id = ?
            """, [.unsigned(fresh.count), .moment(last), .moment(last), .integer(contact)])
    }

    /// Sender and id of those that are there.
    private func known(_ ids: [String], contact: Int64, session: Int64) throws(StoreError) -> Set<String> {
        var found: Set<String> = []
        for start in stride(from: 0, to: ids.count, by: Self.batch) {
            let part = ids[start..<min(start + Self.batch, ids.count)]
            let marks = Array(repeating: "?", count: part.count).joined(separator: ", ")
            let rows = try database.run(
                "SELECT sender_id, message_id FROM wa_messages WHERE session_id = ? AND contact_id = ? AND message_id IN (\(marks))",
                [.integer(session), .integer(contact)] + part.map { .text($0) }
            ).rows
            for row in rows { found.insert("\(try row.integer("sender_id")) \(try row.text("message_id"))") }
        }
        return found
    }

    private func insert(_ messages: [PastMessage]) throws(StoreError) {
        var parameters: [SQLValue] = []
        for past in messages {
            let message = past.message
            let secret = try message.secret.map { secret throws(StoreError) in
                try database.sealer.seal(secret, at: Self.place("message_secret", message.messageID, message.sessionID))
            }
            parameters += [
                .integer(message.sessionID), .text(message.ownJID?.description ?? ""), .integer(message.contactID),
                .optional(message.participantContactID), .integer(past.sender), .text(message.messageID),
                .word(past.isFromMe ? MessageDirection.outbound : .inbound), .word(message.source), .word(message.type),
                .optional(message.content), .word(past.status), .moment(message.at), .moment(message.at), .optional(secret),
            ]
        }
        let marks = Array(repeating: "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", count: messages.count).joined(separator: ", ")
        _ = try database.run(
            """
            INSERT INTO wa_messages (session_id, own_jid, contact_id, participant_contact_id, sender_id, message_id, direction, source,
            message_type, content, status, created_at, sent_at, message_secret) VALUES \(marks)
            """, parameters)
    }
}
