package import Model

/// What is known of a number that was asked for.
package struct NumberRow: Sendable, Equatable {
    package enum State: String, Sendable { case asked, registered, unknown }

    /// As it was asked for, digits.
    package let phoneNumber: String
    package let state: State
    /// The number that WhatsApp knows the person by, digits; nil unless ``state`` is `registered`.
    package let registeredNumber: String?
    /// Digits.
    package let lid: String?
    package let answeredAt: Timestamp?

    init(_ row: Row) throws(StoreError) {
        phoneNumber = try row.text("phone_number")
        state = try row.word("state", as: State.self)
        registeredNumber = try row.optionalText("registered_number")
        lid = try row.optionalText("lid")
        answeredAt = try row.optionalMoment("answered_at")
    }

    /// Whether the answer still counts.
    package func isFresh(_ now: Timestamp) -> Bool {
        guard let answeredAt, state != .asked else { return false }
        let lifetime = state == .registered ? Limits.registeredMilliseconds : Limits.unregisteredMilliseconds
        return answeredAt.adding(milliseconds: lifetime) > now
    }
}

/// Queries on `wa_numbers`: which numbers are on WhatsApp. A question is a row, and so is its answer, so that it is asked once.
package struct NumberTable {
    let database: Database

    package func find(_ number: String, session: Int64) throws(StoreError) -> NumberRow? {
        try database.run(
            "SELECT phone_number, state, registered_number, lid, answered_at FROM wa_numbers WHERE session_id = ? AND phone_number = ?",
            [.integer(session), .text(number)]
        ).rows.first.map { row throws(StoreError) in try NumberRow(row) }
    }

    /// The answer, if it still counts.
    package func remembered(_ number: String, at now: Timestamp, session: Int64) throws(StoreError) -> NumberRow? {
        guard let row = try find(number, session: session), row.isFresh(now) else { return nil }
        return row
    }

    /// Notes that a number is to be asked for.
    package func ask(_ number: String, at now: Timestamp, session: Int64) throws(StoreError) {
        _ = try database.run(
            """
            INSERT INTO wa_numbers (session_id, phone_number, asked_at) VALUES (?, ?, ?)
            ON DUPLICATE KEY UPDATE state = 'asked', registered_number = NULL, lid = NULL, asked_at = VALUES(asked_at), answered_at = NULL
            """, [.integer(session), .text(number), .moment(now)])
    }

    /// Numbers that somebody waits for: asked for after `moment`.
    package func asked(after moment: Timestamp, limit: Int, session: Int64) throws(StoreError) -> [String] {
        try database.run(
            "SELECT phone_number FROM wa_numbers WHERE session_id = ? AND state = 'asked' AND asked_at > ? ORDER BY asked_at LIMIT ?",
            [.integer(session), .moment(moment), .unsigned(limit)]
        ).rows.map { row throws(StoreError) in try row.text("phone_number") }
    }

    /// - Parameter registered: the number that WhatsApp knows the person by; nil where nobody is there.
    package func answer(_ number: String, registered: String?, lid: String?, at now: Timestamp, session: Int64) throws(StoreError) {
        let state = registered == nil ? NumberRow.State.unknown : .registered
        _ = try database.run(
            """
            INSERT INTO wa_numbers (session_id, phone_number, state, registered_number, lid, asked_at, answered_at) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE state = VALUES(state), registered_number = VALUES(registered_number), lid = VALUES(lid),
            answered_at = VALUES(answered_at)
            """,
            [
                .integer(session), .text(number), .word(state), .optional(registered), .optional(lid), .moment(now), .moment(now),
            ])
    }

    /// Where a message to this address goes: a number that WhatsApp is known to write in another way becomes that one.
    package func address(_ jid: JID, at now: Timestamp, session: Int64) throws(StoreError) -> JID {
        guard jid.server == .phoneNumber, let row = try remembered(jid.user, at: now, session: session), let number = row.registeredNumber
        else { return jid }
        return JID(user: number, server: .phoneNumber)
    }

    /// Deletes what does not count any more.
    /// - Returns: how many; the caller goes on while it is `limit`.
    package func prune(now: Timestamp, limit: Int) throws(StoreError) -> Int {
        try database.run(
            "DELETE FROM wa_numbers WHERE asked_at < ? ORDER BY asked_at LIMIT ?",
            [.moment(now.adding(milliseconds: -2 * Limits.registeredMilliseconds)), .unsigned(limit)]
        ).affectedRows
    }
}
