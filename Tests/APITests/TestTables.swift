import Model
import Store
import TestDatabase

/// A fresh database of one test's own, changed as an owner or the daemon would change it: on connections of their own.
struct TestTables: Sendable {
    let settings: DatabaseSettings

    init() throws { settings = try DatabaseServer.freshDatabase() }

    func open() throws -> Database { try Database(settings, sealer: Sealer(key: DatabaseServer.testKey)) }

    /// Runs statements that are separated by semicolons.
    func sql(_ text: String) throws {
        let database = try open()
        for statement in text.split(separator: ";") where statement.contains(where: { !$0.isWhitespace }) {
            _ = try database.run(String(statement))
        }
    }

    func drop() { try? sql("DROP DATABASE IF EXISTS \(settings.name)") }
}
