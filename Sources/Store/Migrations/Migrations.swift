/// Where the tables stand.
package struct MigrationStatus: Sendable, Equatable {
    /// The newest version that is installed; 0 without tables.
    package let installed: Int64
    /// The version that this program needs.
    package let needed: Int64
    package let pending: [Migration]

    /// True where the tables were made by a newer program.
    package var isNewer: Bool { installed > needed }
    package var isCurrent: Bool { installed == needed && pending.isEmpty }
}

/// Makes and upgrades the tables.
package struct Migrations {
    let database: Database

    /// Seconds to wait for another process that is migrating.
    private static let lockSeconds: Int64 = 30

    package func status() throws(StoreError) -> MigrationStatus {
        let installed = try versions()
        return MigrationStatus(
            installed: installed.max() ?? 0, needed: Migration.all.map(\.version).max() ?? 0,
            pending: Migration.all.filter { !installed.contains($0.version) })
    }

    private func versions() throws(StoreError) -> Set<Int64> {
        do {
            return Set(try database.run("SELECT version FROM wa_schema").rows.map { row throws(StoreError) in try row.integer("version") })
        } catch .schemaMissing {
            return []
        }
    }

    /// Applies what is missing, one process at a time. Tables can not be changed in a transaction, so every step may be repeated after a failure.
    /// - Parameter dryRun: only tells what would be done.
    /// - Returns: the steps that were, or would be, applied.
    /// - Throws: `lockTimeout` while another process migrates; what the server refused.
    package func migrate(dryRun: Bool = false) throws(StoreError) -> [Migration] {
        if dryRun { return try status().pending }
        guard try locked() else { throw .lockTimeout }
        do {
            let pending = try status().pending
            for migration in pending { try apply(migration) }
            unlock()
            return pending
        } catch {
            unlock()
            throw error
        }
    }

    private func apply(_ migration: Migration) throws(StoreError) {
        for statement in SQLScript.statements(of: migration.sql) { try run(statement) }
        _ = try database.run(
            "INSERT IGNORE INTO wa_schema (version, name) VALUES (?, ?)", [.integer(migration.version), .text(migration.name)])
    }

    /// A change of a table happens as a whole or not at all, so that one whose column or key is there already was made by an attempt that failed later.
    private func run(_ statement: String) throws(StoreError) {
        do throws(StoreError) { try database.control(statement) } catch .query(let code) {
            // Duplicate column, duplicate key; a column or key to remove that is gone.
            guard statement.split(whereSeparator: \.isWhitespace).first == "ALTER", [1060, 1061, 1091].contains(code) else { throw .query(code) }
        }
    }

    // The lock's name carries the database's, as all databases of a server share the names; it has 64 characters at most. MySQL 9.6 has no MD5 any more.
    private func locked() throws(StoreError) -> Bool {
        try database.run("SELECT GET_LOCK(CONCAT('wa_', SHA2(DATABASE(), 224)), ?) AS held", [.integer(Self.lockSeconds)]).rows.first?
            .optionalInteger("held") == 1
    }

    private func unlock() {
        // Where this fails the connection is gone, and the lock with it.
        _ = try? database.run("SELECT RELEASE_LOCK(CONCAT('wa_', SHA2(DATABASE(), 224))) AS freed")
    }
}
