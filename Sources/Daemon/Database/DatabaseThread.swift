package import Store

/// A database connection on a thread of its own, the only place of the daemon where code blocks.
///
/// Closures are synchronous, so that nothing is suspended inside a ratchet step. Errors are `StoreError`, or what the closure throws.
package actor DatabaseThread {
    /// How often a transaction that lost a deadlock or its connection is tried in all.
    static let attempts = 4

    private let thread = ThreadExecutor()
    private let connect: @Sendable () throws -> Database
    private var database: Database?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// - Parameter connect: makes the connection, on the thread, when it is first needed.
    package init(connect: @escaping @Sendable () throws -> Database) { self.connect = connect }

    /// Runs `body` outside of a transaction: for reading, and for single statements.
    package func run<T: Sendable>(_ body: @Sendable (Database) throws -> T) async throws -> T {
        try body(connected())
    }

    /// Runs `body` in a transaction. It may run more than once, so it has no effect outside of the database.
    package func transaction<T: Sendable>(_ body: @Sendable (Database) throws -> T) async throws -> T {
        for _ in 1..<Self.attempts {
            do {
                let database = try connected()
                return try database.transaction { try body(database) }
            } catch StoreError.deadlock, StoreError.gone, StoreError.lockTimeout {
                continue
            }
        }
        let database = try connected()
        return try database.transaction { try body(database) }
    }

    /// Closes the connection; the next work opens another one.
    package func close() { database = nil }

    private func connected() throws -> Database {
        if let database { return database }
        let opened = try connect()
        database = opened
        return opened
    }
}
