import Glibc
import Store
import Synchronization
import TestDatabase
import Testing

@testable import Daemon

struct DatabaseThreadTests {
    private func thread() throws -> DatabaseThread {
        let settings = try DatabaseServer.freshDatabase()
        return DatabaseThread { try Database(settings, sealer: Sealer(key: DatabaseServer.testKey)) }
    }

    @Test func allWorkIsOnOneThreadOfItsOwn() async throws {
        let thread = try thread()
        let first = try await thread.run { _ in UInt(bitPattern: pthread_self().hashValue) }
        for _ in 0..<20 { #expect(try await thread.run { _ in UInt(bitPattern: pthread_self().hashValue) } == first) }
        #expect(UInt(bitPattern: pthread_self().hashValue) != first)
    }

    @Test func aFailedTransactionLeavesNothing() async throws {
        let thread = try thread()
        await #expect(throws: TransportError.closed) {
            try await thread.transaction { database in
                _ = try database.sessions.add(name: "lost")
                throw TransportError.closed
            }
        }
        #expect(try await thread.run { try $0.sessions.find(name: "lost") } == nil)
    }

    @Test func aTransactionIsRepeatedWhenTheServerCutsTheConnection() async throws {
        let settings = try DatabaseServer.freshDatabase()
        let thread = DatabaseThread { try Database(settings, sealer: Sealer(key: DatabaseServer.testKey)) }
        let other = DatabaseThread { try Database(settings, sealer: Sealer(key: DatabaseServer.testKey)) }
        let attempts = Mutex(0)
        let id = try await thread.transaction { database in
            let attempt = attempts.withLock {
                $0 += 1
                return $0
            }
            let id = try database.sessions.add(name: "kept")
            if attempt == 1, let connection = database.connectionID {
                _ = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey)).run("KILL \(connection)")
            }
            _ = try database.sessions.list()
            return id
        }
        #expect(attempts.withLock { $0 } == 2)
        #expect(try await other.run { try $0.sessions.find(name: "kept")?.id } == id)
    }

    @Test func aDatabaseThatIsAwayIsTriedAgainByTheNextWork() async throws {
        let settings = try DatabaseServer.freshDatabase()
        let away = Mutex(true)
        let thread = DatabaseThread {
            if away.withLock({ $0 }) { throw StoreError.unavailable(2_002) }
            return try Database(settings, sealer: Sealer(key: DatabaseServer.testKey))
        }
        await #expect(throws: StoreError.unavailable(2_002)) { try await thread.run { try $0.sessions.list() } }
        away.withLock { $0 = false }
        #expect(try await thread.run { try $0.sessions.list().count } == 1)
    }
}
