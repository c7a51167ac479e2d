import Logging
import Model
import NIOCore
import NIOPosix
import Store
import TestDatabase
import Testing

@testable import Daemon

struct UpkeepTests {
    private func database() throws -> Database {
        try Database(DatabaseServer.freshDatabase(), sealer: Sealer(key: DatabaseServer.testKey))
    }

    @Test func everySettingsDefaultIsGoodAndEveryNameIsKnown() throws {
        let rows = try database().settings.list()
        #expect(!rows.isEmpty)
        for row in rows { #expect(SettingCheck.problem(of: row.defaultValue, for: row.name) == nil, "\(row.name)") }
        // A text may be anything; all others know what is wrong with this.
        for row in rows where row.name != "calls.reject_text" { #expect(SettingCheck.problem(of: "abc?", for: row.name) != nil, "\(row.name)") }
    }

    @Test func aBadValueIsMarkedAndAGoodOneIsNot() async throws {
        let settings = try DatabaseServer.freshDatabase()
        let database = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey))
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let thread = DatabaseThread { try Database(settings, sealer: Sealer(key: DatabaseServer.testKey)) }
        let upkeep = Upkeep(on: LoopExecutor(group.next()), database: thread, now: SystemClock.now, logger: Logger(label: "test"))
        _ = try database.run("UPDATE wa_settings SET value = 'abc' WHERE name = 'limits.send'")
        _ = try database.run("UPDATE wa_settings SET value = '40' WHERE name = 'limits.general'")
        await upkeep.swept()
        #expect(try database.settings.find("limits.send")?.problem == "expected a whole number of requests, 0 = unlimited")
        #expect(try database.settings.find("limits.general")?.problem == nil)
        _ = try database.run("UPDATE wa_settings SET value = '5' WHERE name = 'limits.send'")
        await upkeep.swept()
        #expect(try database.settings.find("limits.send")?.problem == nil)
        await thread.close()
        try await group.shutdownGracefully()
    }

    @Test func whatIsOldGoesInBatchesAndTheRestStays() throws {
        let database = try database()
        let now = Timestamp(seconds: 1_790_000_000)
        let (old, fresh) = (now.adding(milliseconds: -40 * 86_400_000), now.adding(milliseconds: -86_400_000))
        let webhook = try database.webhooks.add(url: "http://127.0.0.1:9/hook")
        for moment in [old, fresh] {
            for status in ["pending", "delivered", "dead"] {
                let id = try database.deliveries.enqueueTest(event: "message.sent", body: "{}", webhook: webhook, now: moment)
                _ = try database.run("UPDATE wa_webhook_deliveries SET status = ? WHERE id = ?", [.text(status), .integer(id)])
            }
        }
        let check = LimitCheck(subject: "ip:192.0.2.1", limitClass: "general", limit: 5, windowEndsAt: fresh)
        _ = try database.limits.hit([check], now: old)
        try run(Pruning(now: now), in: database)
        let left = try database.deliveries.list(limit: 10)
        #expect(left.count == 4)
        #expect(left.filter { $0.status == .pending }.count == 2)
        #expect(try count("wa_rate_counters", in: database) == 0)
    }

    @Test func messagesStayForEverUnlessTheOwnerSaysOtherwise() throws {
        let database = try database()
        let now = SystemClock.now()
        let contact = try database.contacts.resolve(ContactAddress(JID(user: "96890000002", server: .phoneNumber)), session: 1)
        let old = now.adding(milliseconds: -40 * 86_400_000)
        for number in 0..<(Pruning.batch + 1) {
            _ = try database.messages.insertInbound(
                NewMessage(
                    sessionID: 1, ownJID: nil, contactID: contact, messageID: "OLD\(number)", source: .contact, type: .text, content: "x", at: old))
        }
        try run(Pruning(now: now), in: database)
        #expect(try count("wa_messages", in: database) == Pruning.batch + 1)
        // What cannot be read deletes nothing that the default would keep.
        _ = try database.settings.set("messages.retention_days", to: "3O")
        try run(Pruning(now: now), in: database)
        #expect(try count("wa_messages", in: database) == Pruning.batch + 1)
        _ = try database.settings.set("messages.retention_days", to: "30")
        #expect(try Pruning(now: now).step(.messages, in: database))
        #expect(try count("wa_messages", in: database) == 1)
        try run(Pruning(now: now), in: database)
        #expect(try count("wa_messages", in: database) == 0)
    }

    private func run(_ pruning: Pruning, in database: Database) throws {
        for kind in Pruning.Kind.allCases {
            while try pruning.step(kind, in: database) {}
        }
    }

    private func count(_ table: String, in database: Database) throws -> Int {
        try database.run("SELECT COUNT(*) AS n FROM \(table)").rows.first?.integer("n", as: Int.self) ?? 0
    }
}
