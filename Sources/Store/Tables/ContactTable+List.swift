import Model

/// Which contacts a list asks for.
package struct ContactFilter: Sendable {
    package enum Kind: String, Sendable { case all, individual, group }
    package var kind: Kind = .all
    /// Part of a name, or of a phone number.
    package var search: String?

    package init(kind: Kind = .all, search: String? = nil) {
        self.kind = kind
        self.search = search
    }

    func condition(session: Int64) -> (sql: String, parameters: [SQLValue]) {
        var sql = "WHERE session_id = ?"
        var parameters: [SQLValue] = [.integer(session)]
        if kind != .all {
            sql += " AND is_group = ?"
            parameters.append(.flag(kind == .group))
        }
        if let search {
            // Without regard to case and accents; this collation compares fastest.
            sql += " AND (name COLLATE utf8mb4_general_ci LIKE ? ESCAPE '!'"
            parameters.append(.text("%\(Self.literal(search))%"))
            if let digits = Self.digits(search) {
                sql += " OR phone_number LIKE ?"
                parameters.append(.text("%\(digits)%"))
            }
            sql += ")"
        }
        return (sql, parameters)
    }

    /// The pattern's own signs stand for themselves.
    private static func literal(_ text: String) -> String { text.map { "!%_".contains($0) ? "!\($0)" : String($0) }.joined() }

    /// What is looked for among phone numbers: text that could be part of one, as people write it.
    private static func digits(_ text: String) -> String? {
        let digits = text.filter { $0.isASCII && $0.isNumber }
        let isNumber = text.allSatisfy { $0.isASCII && $0.isNumber || "+-. ()".contains($0) }
        return isNumber && !digits.isEmpty ? digits : nil
    }

    var kinds: [CountTable.Kind] {
        switch kind {
        case .all: [.person, .group]
        case .individual: [.person]
        case .group: [.group]
        }
    }

    /// In the order of the list.
    var index: String { kind == .all ? "wa_contacts_last_message" : "wa_contacts_kind" }
}

extension ContactTable {
    /// One page of contacts, the last used first, and how many there are in all.
    /// - Parameter page: from 1.
    package func page(_ page: Int, limit: Int, filter: ContactFilter, session: Int64) throws(StoreError) -> (rows: [ContactRow], total: Int)
    {
        let (offset, overflow) = (max(page, 1) - 1).multipliedReportingOverflow(by: max(limit, 0))
        if filter.search != nil, let few = try few(filter, session: session) {
            let rows = overflow || offset >= few.count ? [] : try inOrder(few, offset: offset, limit: limit)
            return (rows, few.count)
        }
        let total = try total(filter, session: session)
        guard !overflow, offset < total else { return ([], total) }
        return (try rows(LogWindow(offset: offset, limit: limit, total: total), filter, session: session), total)
    }

    /// The best that a search finds, without how many there are.
    package func search(_ text: String, limit: Int, session: Int64) throws(StoreError) -> [ContactRow] {
        let filter = ContactFilter(search: text)
        if let few = try few(filter, session: session) { return try inOrder(few, offset: 0, limit: limit) }
        return try rows(LogWindow(offset: 0, limit: limit, total: limit), filter, session: session)
    }

    /// Contacts behind `id` in the order of their ids: an export reads them piece by piece.
    package func after(id: Int64, limit: Int, session: Int64) throws(StoreError) -> [ContactRow] {
        try rows("FORCE INDEX (PRIMARY) WHERE session_id = ? AND id > ? ORDER BY id LIMIT ?", [.integer(session), .integer(id), .unsigned(limit)])
    }

    private func total(_ filter: ContactFilter, session: Int64) throws(StoreError) -> Int {
        let condition = filter.condition(session: session)
        guard filter.search == nil else { return try count(condition, index: "wa_contacts_search") }
        return try database.counts.total(filter.kinds, since: nil, session: session) { from, to throws(StoreError) in
            let range = [from, to].compactMap { $0.map(SQLValue.integer) }
            // By row number: what is not counted are the newest rows.
            let sql = condition.sql + (from == nil ? "" : " AND id >= ?") + (to == nil ? "" : " AND id < ?")
            return try count((sql, condition.parameters + range), index: from == nil ? filter.index : "PRIMARY")
        }
    }

    private func count(_ condition: (sql: String, parameters: [SQLValue]), index: String) throws(StoreError) -> Int {
        try database.run(
            "SELECT COUNT(*) AS n FROM wa_contacts FORCE INDEX (\(index)) \(condition.sql)", condition.parameters
        ).rows.first?.integer("n", as: Int.self) ?? 0
    }

    private func rows(_ window: LogWindow, _ filter: ContactFilter, session: Int64) throws(StoreError) -> [ContactRow] {
        let (condition, parameters) = filter.condition(session: session)
        var window = window
        window.startAtNearerEnd()
        let order = window.isReversed ? "ASC" : "DESC"
        // Contacts without a message come last: nothing is smaller than NULL.
        let ids = """
            SELECT id FROM wa_contacts FORCE INDEX (\(filter.index)) \(condition)
            ORDER BY last_message_at \(order), id \(order) LIMIT ? OFFSET ?
            """
        return try database.run(
            "SELECT \(ContactRow.columns) FROM wa_contacts c JOIN (\(ids)) p USING (id) ORDER BY last_message_at DESC, id DESC",
            parameters + [.unsigned(window.limit), .unsigned(window.offset)]
        ).rows.map { row throws(StoreError) in try ContactRow(row) }
    }

    /// So many are put into order one by one.
    private static let fewRows = 1_000

    /// What a search finds where that is little, from the narrow index alone; nil where it is more. (Of many the first are soon found in the list's order.)
    private func few(_ filter: ContactFilter, session: Int64) throws(StoreError) -> [Int64]? {
        let (condition, parameters) = filter.condition(session: session)
        let rows = try database.run(
            "SELECT id FROM wa_contacts FORCE INDEX (wa_contacts_search) \(condition) LIMIT ?", parameters + [.unsigned(Self.fewRows + 1)]
        ).rows
        return rows.count > Self.fewRows ? nil : try rows.map { row throws(StoreError) in try row.integer("id") }
    }

    private func inOrder(_ ids: [Int64], offset: Int, limit: Int) throws(StoreError) -> [ContactRow] {
        guard let last = ids.last else { return [] }
        // Always as many marks, so that it is one prepared statement for little and one for much.
        let marks = ids.count > 50 ? Self.fewRows : 50
        let padded = ids + Array(repeating: last, count: marks - ids.count)
        return try rows(
            "WHERE id IN (\(Array(repeating: "?", count: marks).joined(separator: ", "))) ORDER BY last_message_at DESC, id DESC LIMIT ? OFFSET ?",
            padded.map { .integer($0) } + [.unsigned(limit), .unsigned(offset)])
    }
}
