package import Model

/// Which messages the log shows; what is nil does not matter.
package struct MessageFilter: Sendable {
    package var direction: MessageDirection?
    /// Only rows with a greater number: what is new since the last look.
    package var sinceID: Int64?
    /// The chat.
    package var contactID: Int64?
    package var type: MessageType?
    package var status: MessageStatus?
    /// From here, this moment included.
    package var from: Timestamp?
    /// Up to here, this moment excluded.
    package var to: Timestamp?

    package init() {}

    func condition(session: Int64) -> (sql: String, parameters: [SQLValue]) {
        var parts = ["m.session_id = ?"]
        var parameters: [SQLValue] = [.integer(session)]
        let choices: [(String, SQLValue?)] = [
            ("m.direction = ?", direction.map { .word($0) }), ("m.id > ?", sinceID.map { .integer($0) }),
            ("m.contact_id = ?", contactID.map { .integer($0) }), ("m.message_type = ?", type.map { .word($0) }),
            ("m.status = ?", status.map { .word($0) }), ("m.created_at >= ?", from.map { .moment($0) }),
            ("m.created_at < ?", to.map { .moment($0) }),
        ]
        for case (let part, let value?) in choices {
            parts.append(part)
            parameters.append(value)
        }
        return ("WHERE " + parts.joined(separator: " AND "), parameters)
    }
}

extension MessageTable {
    /// One page of the log and how many messages there are in all. The newest come first; with `sinceID` the oldest, so that nothing new is skipped.
    /// - Parameter page: from 1.
    package func page(_ page: Int, limit: Int, filter: MessageFilter, session: Int64) throws(StoreError) -> (rows: [MessageRow], total: Int)
    {
        let (condition, parameters) = filter.condition(session: session)
        let count = try database.run("SELECT COUNT(*) AS n FROM wa_messages m \(condition)", parameters).rows
        let order = filter.sinceID == nil ? "DESC" : "ASC"
        let rows = try rows(
            "\(condition) ORDER BY m.id \(order) LIMIT ? OFFSET ?", parameters + [.unsigned(limit), .offset(page: page, limit: limit)])
        return (rows, try count.first?.integer("n", as: Int.self) ?? 0)
    }

    /// Deletes messages older than `moment`, except those still to be sent.
    /// - Returns: how many; the caller goes on while it is `limit`.
    package func prune(before moment: Timestamp, limit: Int) throws(StoreError) -> Int {
        try database.run(
            "DELETE FROM wa_messages WHERE created_at < ? AND status <> 'pending' ORDER BY created_at LIMIT ?",
            [.moment(moment), .unsigned(limit)]
        ).affectedRows
    }
}
