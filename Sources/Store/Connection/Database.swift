package import Model

/// A connection to the database and the way to its tables.
///
/// It belongs to the thread that made it. Statements outside of a transaction connect again by themselves when the server has closed
/// an idle connection; inside a transaction that is `StoreError.gone`, and the whole transaction may be tried again.
package final class Database {
    private let address: DatabaseSettings
    private let patience: Patience
    package let sealer: Sealer
    private var connection: Connection?
    private var lastUse = ContinuousClock.now
    /// How many ``transaction(_:)`` calls are open, one inside the other.
    private var depth = 0
    /// The savepoints of the parts inside the open transaction, outermost first; nil where nothing was written since the part began. Most
    /// parts read only, or write nothing in the end, and each statement is a round trip: so a savepoint is made for the first write.
    private var savepoints: [String?] = []
    /// Set when a delivery is queued, for whoever commits: the sender sleeps until it is woken.
    package var hasQueuedDeliveries = false
    /// Set when the server gave up the open transaction, so that nothing more may be done in it.
    private var doom: StoreError?
    /// Set when a part that has no savepoint failed half done, until what it is a part of is rolled back.
    private var spoil: StoreError?

    /// How long a connection may lie idle before it is checked ahead of a statement.
    private static let idle = Duration.seconds(1)

    /// Connects.
    /// - Throws: `unavailable`, `accessDenied`, `tooManyConnections`.
    package init(_ settings: DatabaseSettings, sealer: Sealer, patience: Patience = .background) throws(StoreError) {
        address = settings
        self.patience = patience
        self.sealer = sealer
        connection = try Connection(address, patience)
    }

    /// Gives up the connection and makes another one. An open transaction is lost with it.
    package func reconnect() throws(StoreError) {
        if depth > 0 { doom = .gone }
        connection = nil
        connection = try Connection(address, patience)
        lastUse = .now
    }

    /// The server's number for the connection; nil while there is none.
    package var connectionID: UInt? { connection?.serverID }

    /// Runs one statement with typed parameters.
    package func run(_ sql: String, _ parameters: [SQLValue] = []) throws(StoreError) -> StatementResult {
        let connection = try usable()
        if savepoints.last == .some(nil), !sql.hasPrefix("SELECT") { try setSavepoint() }
        do {
            let result = try connection.run(sql, parameters)
            lastUse = .now
            return result
        } catch {
            throw noticed(error)
        }
    }

    /// Runs one statement whose text will hardly come again, so that it takes no place among the prepared ones.
    package func runOnce(_ sql: String, _ parameters: [SQLValue]) throws(StoreError) -> StatementResult {
        let connection = try usable()
        if savepoints.last == .some(nil), !sql.hasPrefix("SELECT") { try setSavepoint() }
        do {
            let result = try connection.runOnce(sql, parameters)
            lastUse = .now
            return result
        } catch {
            throw noticed(error)
        }
    }

    /// Runs SQL that can not be prepared.
    func control(_ sql: String) throws(StoreError) {
        let connection = try usable()
        do {
            try connection.control(sql)
            lastUse = .now
        } catch {
            throw noticed(error)
        }
    }

    private func usable() throws(StoreError) -> Connection {
        if let error = doom ?? spoil { throw error }
        if depth == 0, let connection, ContinuousClock.now - lastUse > Self.idle, !connection.isAlive { self.connection = nil }
        if let connection { return connection }
        guard depth == 0 else { throw .gone }
        let connection = try Connection(address, patience)
        self.connection = connection
        lastUse = .now
        return connection
    }

    private func noticed(_ error: StoreError) -> StoreError {
        if error == .gone { connection = nil }
        if depth > 0, error == .gone || error == .deadlock { doom = error }
        return error
    }
}

// Transactions.
extension Database {
    /// Runs `body` in a transaction: all of it happens, or, when it throws, nothing. Inside another transaction it is a part that can fail alone.
    /// - Throws: what `body` throws; `deadlock` and `gone` when the transaction may be tried again as a whole, `commitUncertain` when it may have happened.
    package func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        try begin()
        let result: Result
        do {
            result = try body()
        } catch {
            rollBack()
            throw error
        }
        try commit()
        return result
    }

    /// ``transaction(_:)`` for the work of one table's functions, which has no effect but in the database: as an outermost transaction it is
    /// done again after a deadlock.
    func atomically<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        for _ in 1..<Self.deadlockAttempts where depth == 0 {
            do { return try once(body) } catch .deadlock { continue }
        }
        return try once(body)
    }

    /// ``atomically(_:)`` without a savepoint, which is a round trip: where `body` fails inside of another transaction, that one can only be rolled back.
    func together<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        guard depth > 0 else { return try atomically(body) }
        do { return try body() } catch {
            spoil = error
            throw error
        }
    }

    /// Each deadlock lets one of the others finish, so that a few attempts are enough for a handful of processes.
    private static let deadlockAttempts = 10

    private func once<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        try begin()
        let result: Result
        do {
            result = try body()
        } catch {
            rollBack()
            throw error
        }
        try commit()
        return result
    }

    /// True inside of ``transaction(_:)``.
    package var isInTransaction: Bool { depth > 0 }

    private func begin() throws(StoreError) {
        if depth > 0 {
            if let error = doom ?? spoil { throw error }
            savepoints.append(nil)
        } else {
            do {
                try control("START TRANSACTION")
            } catch .gone {
                // Nothing was done yet, so a fresh connection is as good.
                try control("START TRANSACTION")
            }
        }
        depth += 1
    }

    /// Makes one savepoint for all open parts that have none: between their beginnings nothing was written. A name that is in use again
    /// replaces the old savepoint, which belonged to a part that has ended.
    private func setSavepoint() throws(StoreError) {
        guard let first = savepoints.firstIndex(of: nil) else { return }
        let name = "wa_\(first)"
        try control("SAVEPOINT \(name)")
        for index in first..<savepoints.count { savepoints[index] = name }
    }

    private func rollBack() {
        depth -= 1
        spoil = nil
        if depth > 0 {
            // Where this fails the doom is noted, and the outer transaction can not commit.
            if case .some(.some(let name)) = savepoints.popLast() { try? control("ROLLBACK TO SAVEPOINT \(name)") }
            return
        }
        doom = nil
        guard connection != nil else { return }
        do {
            try control("ROLLBACK")
        } catch {
            // A connection with an unknown state is not used again; closing it rolls back.
            connection = nil
        }
    }

    private func commit() throws(StoreError) {
        if let error = doom ?? spoil {
            rollBack()
            throw error
        }
        if depth > 1 {
            // A savepoint that is left goes with the transaction.
            savepoints.removeLast()
            depth -= 1
            return
        }
        do {
            try control("COMMIT")
            depth = 0
        } catch {
            rollBack()
            throw error == .gone ? .commitUncertain : error
        }
    }
}
