package import Model

/// Queries on `wa_retries`: messages that could not be read, in both directions.
///
/// Devices are Signal's text form `name.device`. Everything belongs to the caller's transaction.
package struct RetryTable {
    let database: Database

    private enum Kind: String { case asked, served }

    /// Rows that nobody asks about any more; what the service still holds is never older.
    private static let lifetime: Int64 = 30 * 86_400_000
    /// Old rows that go with each new one.
    private static let prunedAtOnce = 50

    // MARK: Messages to us

    /// Counts a request of ours for a message that could not be read.
    /// - Parameter served: how often the sender says that it has sent it again already.
    /// - Returns: the number of this request, from 1.
    package func ask(
        device: String, messageID: String, served: Int, now: Timestamp, session: Int64
    ) throws(StoreError) -> Int {
        try database.atomically { () throws(StoreError) in
            let earlier = try row(.asked, device, messageID, session)?.attempts ?? 0
            let count = max(earlier, served) + 1
            if earlier == 0 { try prune(before: now.adding(milliseconds: -Self.lifetime)) }
            _ = try database.run(
                """
                INSERT INTO wa_retries (session_id, kind, device, message_id, attempts, updated_at) VALUES (?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE attempts = VALUES(attempts), updated_at = VALUES(updated_at)
                """,
                [.integer(session), .word(Kind.asked), .text(device), .text(messageID), .unsigned(count), .moment(now)])
            return count
        }
    }

    // MARK: The own phone's copies

    /// Messages that still can not be read, and that the phone was asked for less than `limit` times, oldest first.
    /// - Parameters:
    ///   - quietSince: their senders were last asked before this.
    ///   - notBefore: phones hand out none that is older.
    package func unread(
        askedLessThan requests: Int, quietSince: Timestamp, notBefore: Timestamp, limit: Int, session: Int64
    ) throws(StoreError) -> [UnreadMessage] {
        try database.run(
            """
            SELECT r.device, r.message_id, m.contact_id, m.participant_contact_id FROM wa_retries r
            JOIN wa_messages m ON m.session_id = r.session_id AND m.message_id = r.message_id
            WHERE r.session_id = ? AND r.kind = 'asked' AND r.phone_requests < ? AND r.updated_at BETWEEN ? AND ?
            AND m.direction = 'inbound' AND m.error_code = ? ORDER BY r.updated_at LIMIT ?
            """,
            [
                .integer(session), .unsigned(requests), .moment(notBefore), .moment(quietSince), .text(MessageTable.undecryptable),
                .unsigned(limit),
            ]
        ).rows.map { row throws(StoreError) in try UnreadMessage(row) }
    }

    /// The phone was asked for it.
    package func askedPhone(for message: UnreadMessage, session: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_retries SET phone_requests = phone_requests + 1 WHERE session_id = ? AND kind = 'asked' AND device = ? AND message_id = ?",
            [.integer(session), .text(message.device), .text(message.messageID)])
    }

    /// What the phone hands out without being asked is not taken.
    package func wasPhoneAsked(for messageID: String, session: Int64) throws(StoreError) -> Bool {
        try !database.run(
            "SELECT 1 AS one FROM wa_retries WHERE session_id = ? AND kind = 'asked' AND message_id = ? AND phone_requests > 0 LIMIT 1",
            [.integer(session), .text(messageID)]
        ).rows.isEmpty
    }

    // MARK: Messages of ours

    /// nil where the device has not asked for the message yet.
    package func served(device: String, messageID: String, session: Int64) throws(StoreError) -> ServedRetry? {
        try row(.served, device, messageID, session)
    }

    /// Counts a message of ours that is sent again to one device.
    /// - Parameters:
    ///   - baseKey: 32 bytes, replaces what is kept; nil leaves it.
    ///   - isRecreated: a new session was begun with keys that the service was asked for.
    package func serve(
        device: String, messageID: String, baseKey: [UInt8]?, isRecreated: Bool, now: Timestamp, session: Int64
    ) throws(StoreError) {
        try database.atomically { () throws(StoreError) in
            if try row(.served, device, messageID, session) == nil { try prune(before: now.adding(milliseconds: -Self.lifetime)) }
            _ = try database.run(
                """
                INSERT INTO wa_retries (session_id, kind, device, message_id, attempts, base_key, recreated_at, updated_at)
                VALUES (?, ?, ?, ?, 1, ?, ?, ?)
                ON DUPLICATE KEY UPDATE attempts = attempts + 1, base_key = COALESCE(VALUES(base_key), base_key),
                recreated_at = COALESCE(VALUES(recreated_at), recreated_at), updated_at = VALUES(updated_at)
                """,
                [
                    .integer(session), .word(Kind.served), .text(device), .text(messageID), .optional(baseKey),
                    .optional(isRecreated ? now : nil), .moment(now),
                ])
        }
    }

    /// When a session with the device was last begun anew for a retry, with keys that the service was asked for.
    package func lastRecreated(device: String, session: Int64) throws(StoreError) -> Timestamp? {
        try database.run(
            "SELECT MAX(recreated_at) AS at FROM wa_retries WHERE session_id = ? AND kind = 'served' AND device = ?",
            [.integer(session), .text(device)]
        ).rows.first?.optionalMoment("at")
    }

    private func row(_ kind: Kind, _ device: String, _ messageID: String, _ session: Int64) throws(StoreError) -> ServedRetry? {
        try database.run(
            "SELECT attempts, base_key FROM wa_retries WHERE session_id = ? AND kind = ? AND device = ? AND message_id = ? FOR UPDATE",
            [.integer(session), .word(kind), .text(device), .text(messageID)]
        ).rows.first.map { row throws(StoreError) in try ServedRetry(row) }
    }

    private func prune(before moment: Timestamp) throws(StoreError) {
        _ = try database.run(
            "DELETE FROM wa_retries WHERE updated_at < ? ORDER BY updated_at LIMIT ?", [.moment(moment), .unsigned(Self.prunedAtOnce)])
    }
}
