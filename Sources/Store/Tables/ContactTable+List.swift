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
            // The pattern's own signs stand for themselves.
            let escaped = search.map { "!%_".contains($0) ? "!\($0)" : String($0) }.joined()
            sql += " AND (name LIKE ? ESCAPE '!' OR CONVERT(phone_number USING utf8mb4) LIKE ? ESCAPE '!')"
            parameters += [.text("%\(escaped)%"), .text("%\(escaped)%")]
        }
        return (sql, parameters)
    }
}

extension ContactTable {
    /// One page of contacts, the last used first, and how many there are in all.
    /// - Parameter page: from 1.
    package func page(_ page: Int, limit: Int, filter: ContactFilter, session: Int64) throws(StoreError) -> (rows: [ContactRow], total: Int)
    {
        let (condition, parameters) = filter.condition(session: session)
        let count = try database.run("SELECT COUNT(*) AS n FROM wa_contacts \(condition)", parameters).rows
        let rows = try rows(
            "\(condition) ORDER BY last_message_at IS NULL, last_message_at DESC, id DESC LIMIT ? OFFSET ?",
            parameters + [.unsigned(limit), .offset(page: page, limit: limit)])
        return (rows, try count.first?.integer("n", as: Int.self) ?? 0)
    }

    /// Contacts behind `id` in the order of their ids: an export reads them piece by piece.
    package func after(id: Int64, limit: Int, session: Int64) throws(StoreError) -> [ContactRow] {
        try rows("WHERE session_id = ? AND id > ? ORDER BY id LIMIT ?", [.integer(session), .integer(id), .unsigned(limit)])
    }
}

extension SQLValue {
    /// Rows before a page that is counted from 1.
    static func offset(page: Int, limit: Int) -> SQLValue {
        let (offset, overflow) = (max(page, 1) - 1).multipliedReportingOverflow(by: max(limit, 0))
        return .unsigned(overflow ? Int.max : offset)
    }
}
