package import Model

/// What the database server says of itself.
package struct ServerFacts: Sendable, Equatable {
    /// As the server writes it, such as `10.11.6-MariaDB-0+deb12u1` or `8.0.36`.
    package let version: String
    /// Its clock, in UTC.
    package let now: Timestamp

    package var isMariaDB: Bool { version.contains("MariaDB") }

    /// MySQL 8.0 or MariaDB 10.6, or later.
    package var isSupported: Bool {
        let parts = version.split(whereSeparator: { !$0.isNumber }).prefix(2).compactMap { Int($0) }
        guard parts.count == 2 else { return false }
        let least = isMariaDB ? [10, 6] : [8, 0]
        return !parts.lexicographicallyPrecedes(least)
    }

    package init(version: String, now: Timestamp) {
        self.version = version
        self.now = now
    }
}

extension Database {
    package func serverFacts() throws(StoreError) -> ServerFacts {
        guard let row = try run("SELECT VERSION() AS version, UTC_TIMESTAMP(3) AS now").rows.first else { throw .malformed("VERSION()") }
        return ServerFacts(version: try row.text("version"), now: try row.moment("now"))
    }
}
