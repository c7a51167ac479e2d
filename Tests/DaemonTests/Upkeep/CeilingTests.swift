import Glibc
import Logging
import Model
import NIOPosix
import Store
import TestDatabase
import Testing

@testable import Daemon

struct CeilingTests {
    /// Messages of ten days ago and of now, with so many bytes of text each.
    private func fill(_ database: Database, rows: Int, bytes: Int, daysAgo: Int) throws {
        let contact = try database.contacts.resolve(ContactAddress(JID(user: "96890000002", server: .phoneNumber)), session: 1)
        for start in stride(from: 0, to: rows, by: 500) {
            let values = (start..<min(rows, start + 500)).map { number in
                "(1, '', \(contact), \(contact), 'D\(daysAgo)N\(number)', 'inbound', 'contact', 'text', 'received', REPEAT('x', \(bytes)), UTC_TIMESTAMP(3) - INTERVAL \(daysAgo) DAY)"
            }
            _ = try database.run(
                """
                INSERT INTO wa_messages (session_id, own_jid, contact_id, sender_id, message_id, direction, source, message_type, status, content, created_at)
                VALUES \(values.joined(separator: ", "))
                """)
        }
        try database.estimateAnew(["wa_messages"])
    }

    private func count(_ database: Database, _ condition: String) throws -> Int64 {
        try database.run("SELECT COUNT(*) AS n FROM wa_messages WHERE \(condition)").rows[0].integer("n")
    }

    @Test func theOldestMessagesGoWhereTheTablesAreTooLarge() async throws {
        let settings = try DatabaseServer.freshDatabase()
        let database = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey))
        let thread = DatabaseThread { try Database(settings, sealer: Sealer(key: DatabaseServer.testKey)) }
        try fill(database, rows: 3_000, bytes: 4_000, daysAgo: 10)
        try fill(database, rows: 500, bytes: 4_000, daysAgo: 0)
        let total = try database.tableSizes().reduce(0) { $0 + $1.bytes }
        func run(limit: Int64) async throws -> String? {
            _ = try database.run("UPDATE wa_settings SET value = '\(limit)' WHERE name = 'database.max_bytes'")
            return try await DatabaseCeiling(database: thread, now: SystemClock.now()).run { false }
        }
        #expect(try await run(limit: total * 2) == nil)
        #expect(try await run(limit: 0) == nil, "no limit")
        #expect(try await run(limit: total + total / 20)?.contains("at the ceiling") == true)
        #expect(try count(database, "created_at < UTC_TIMESTAMP(3) - INTERVAL 1 DAY") == 3_000, "below the ceiling nothing goes")
        _ = try await run(limit: total * 2 / 3)
        let kept = try count(database, "created_at < UTC_TIMESTAMP(3) - INTERVAL 1 DAY")
        #expect(kept > 500 && kept < 2_200, "\(kept)")
        #expect(try count(database, "message_id = 'D10N0'") == 0 && count(database, "message_id = 'D10N2999'") == 1, "the oldest first")
        #expect(try await run(limit: 1_000)?.contains("nothing older than a day") == true)
        #expect(try count(database, "1") == 500, "what is young stays")
        await thread.close()
    }

    @Test func aFullDiskIsNoticedAndTheProbeLeavesNothing() throws {
        let directory = try TemporaryDirectory()
        #expect(DiskRoom.isThere(in: directory.path, bytes: 4_096) == true)
        #expect(DiskRoom.isThere(in: directory.path, bytes: 1 << 60) == false)
        #expect(DiskRoom.isThere(in: directory.path + "/missing") == nil)
        let left = opendir(directory.path).map { handle in
            defer { closedir(handle) }
            var count = 0
            while readdir(handle) != nil { count += 1 }
            return count
        }
        #expect(left == 2)
    }
}
