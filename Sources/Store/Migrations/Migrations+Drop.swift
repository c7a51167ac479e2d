extension Migrations {
    /// Deletes every table of ours, and nothing else that may stand in the same database.
    /// - Returns: their names.
    package func dropAll() throws(StoreError) -> [String] {
        // Tables refer to each other; the check is switched off for this connection alone.
        try database.control("SET FOREIGN_KEY_CHECKS = 0")
        for (kind, name) in Self.made { try database.control("DROP \(kind) IF EXISTS \(name)") }
        try database.control("SET FOREIGN_KEY_CHECKS = 1")
        return Self.made.map(\.name)
    }

    /// What the migrations have made, newest first.
    private static var made: [(kind: String, name: String)] {
        var found: [(kind: String, name: String)] = []
        for statement in Migration.all.flatMap({ SQLScript.statements(of: $0.sql) }) {
            let words = statement.split(whereSeparator: \.isWhitespace).map(String.init)
            guard words.first == "CREATE", let name = words.first(where: { $0.hasPrefix("wa_") }) else { continue }
            guard let kind = words.first(where: { $0 == "TABLE" || $0 == "VIEW" }) else { continue }
            if !found.contains(where: { $0.name == name }) { found.insert((kind, name), at: 0) }
        }
        return found
    }
}
