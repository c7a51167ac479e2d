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
        // A contact belongs to one session, and its index need not know which.
        var parts = contactID == nil ? ["m.session_id = ?"] : []
        var parameters: [SQLValue] = contactID == nil ? [.integer(session)] : []
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

    /// Nothing is asked that the kept counts do not know.
    var isCounted: Bool { contactID == nil && type == nil && status == nil && from == nil && to == nil }

    /// All messages of one chat.
    var isChatOnly: Bool {
        contactID != nil && direction == nil && sinceID == nil && type == nil && status == nil && from == nil && to == nil
    }

    var kinds: [CountTable.Kind] {
        switch direction {
        case .inbound: [.inbound]
        case .outbound: [.outbound]
        case nil: [.inbound, .outbound]
        }
    }

    /// The index that holds least besides what is asked for. Servers guess, and a wrong guess reads millions of rows.
    var index: String {
        if contactID != nil { return "wa_messages_contact" }
        if from != nil || to != nil { return "wa_messages_time" }
        if status != nil { return "wa_messages_status" }
        if type != nil { return "wa_messages_type" }
        return direction == nil ? "wa_messages_log" : "wa_messages_direction"
    }

    /// For a page in the order of the ids. The index by time has another order: few rows are sorted sooner than they are found, of many the next is near.
    func index(total: Int) -> String {
        index == "wa_messages_time" && total > 200_000 ? "wa_messages_log" : index
    }
}

extension MessageTable {
    /// One page of the log and how many messages there are in all. The newest come first; with `sinceID` the oldest, so that nothing new is skipped.
    /// - Parameter page: from 1.
    package func page(_ page: Int, limit: Int, filter: MessageFilter, session: Int64) throws(StoreError) -> (rows: [MessageRow], total: Int)
    {
        let total = try total(filter, session: session)
        let (offset, overflow) = (max(page, 1) - 1).multipliedReportingOverflow(by: max(limit, 0))
        guard !overflow, offset < total else { return ([], total) }
        return (try rows(LogWindow(offset: offset, limit: limit, total: total), filter, session: session), total)
    }

    private func total(_ filter: MessageFilter, session: Int64) throws(StoreError) -> Int {
        guard filter.isCounted else {
            // Long chats have a counter of their own.
            if let contact = filter.contactID, filter.isChatOnly, let row = try database.contacts.find(id: contact, session: session),
                row.messageCount > Self.countedRows
            {
                return row.messageCount
            }
            return try count(filter.condition(session: session), index: filter.index)
        }
        return try database.counts.total(filter.kinds, since: filter.sinceID, session: session) { from, to throws(StoreError) in
            var condition = filter.condition(session: session)
            condition.sql += (from == nil ? "" : " AND m.id >= ?") + (to == nil ? "" : " AND m.id < ?")
            condition.parameters += [from, to].compactMap { $0.map(SQLValue.integer) }
            return try count(condition, index: filter.index)
        }
    }

    /// Rows of one chat that are counted one by one in about a millisecond.
    private static let countedRows = 10_000

    private func count(_ condition: (sql: String, parameters: [SQLValue]), index: String) throws(StoreError) -> Int {
        try database.run(
            "SELECT COUNT(*) AS n FROM wa_messages m FORCE INDEX (\(index)) \(condition.sql)", condition.parameters
        ).rows.first?.integer("n", as: Int.self) ?? 0
    }

    private func rows(_ window: LogWindow, _ filter: MessageFilter, session: Int64) throws(StoreError) -> [MessageRow] {
        var (condition, parameters) = filter.condition(session: session)
        let newestFirst = filter.sinceID == nil
        var window = window
        if let shortcut = try shortcut(window, filter, session: session) {
            condition += newestFirst ? " AND m.id < ?" : " AND m.id >= ?"
            parameters.append(.integer(shortcut.bound))
            window.offset = shortcut.offset
        } else {
            window.startAtNearerEnd()
        }
        // The ids first: they come from the index alone, while every row is a search of its own.
        let ids = """
            SELECT m.id FROM wa_messages m FORCE INDEX (\(filter.index(total: window.total))) \(condition)
            ORDER BY m.id \(newestFirst != window.isReversed ? "DESC" : "ASC") LIMIT ? OFFSET ?
            """
        return try database.run(
            """
            \(MessageRow.select) JOIN (\(ids)) p ON p.id = m.id ORDER BY m.id \(newestFirst ? "DESC" : "ASC")
            """, parameters + [.unsigned(window.limit), .unsigned(window.offset)]
        ).rows.map { row throws(StoreError) in try MessageRow(row) }
    }

    /// From the counted blocks, for pages deep inside: so many rows of an index can be skipped in a millisecond or two.
    private func shortcut(_ window: LogWindow, _ filter: MessageFilter, session: Int64) throws(StoreError) -> CountTable.Shortcut? {
        guard filter.isCounted, window.offset > Self.countedRows else { return nil }
        let start = (filter.sinceID ?? -1) + 1
        let first = (start + CountTable.blockRows - 1) / CountTable.blockRows
        guard let end = try database.counts.covered(filter.kinds, from: first, session: session).end else { return nil }
        // The rows that come before the counted ones: the newest, or those between `since` and the next block.
        let (from, to): (Int64, Int64?) = filter.sinceID == nil ? (end, nil) : (start, first * CountTable.blockRows)
        var (sql, parameters) = filter.condition(session: session)
        sql += " AND m.id >= ?" + (to == nil ? "" : " AND m.id < ?")
        parameters += [from, to].compactMap { $0.map(SQLValue.integer) }
        let before = try count((sql, parameters), index: filter.index)
        guard window.offset >= before else { return nil }
        return try database.counts.shortcut(
            filter.kinds, from: first, offset: window.offset - before, descending: filter.sinceID == nil, session: session)
    }
}

/// Which rows of a list make a page.
struct LogWindow {
    var offset: Int
    var limit: Int
    let total: Int
    /// Counted from the list's other end.
    private(set) var isReversed = false

    init(offset: Int, limit: Int, total: Int) {
        self.offset = offset
        self.limit = min(limit, total - offset)
        self.total = total
    }

    /// The last page is as near as the first, seen from the other side.
    mutating func startAtNearerEnd() {
        guard offset > total / 2 else { return }
        offset = total - offset - limit
        isReversed = true
    }
}
