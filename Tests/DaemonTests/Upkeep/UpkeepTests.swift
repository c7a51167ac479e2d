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

    @Test func rowsThatAnOwnerTypedAreDatedAndTheirMistakesAreSaidInThem() async throws {
        let settings = try DatabaseServer.freshDatabase()
        let database = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey))
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let thread = DatabaseThread { try Database(settings, sealer: Sealer(key: DatabaseServer.testKey)) }
        let upkeep = Upkeep(on: LoopExecutor(group.next()), database: thread, now: SystemClock.now, logger: Logger(label: "test"))
        _ = try database.run(
            """
            INSERT INTO wa_api_keys (name, key_hash, permissions, allowed_ips) VALUES ('good', SHA2('a', 256), 'messages:read, Session:Read', '10.0.0.0/8'),
            ('word', SHA2('b', 256), 'messages:sent', NULL), ('nothing', SHA2('c', 256), '', NULL), ('address', SHA2('d', 256), '*', '10.0.0.300')
            """)
        _ = try database.run(
            """
            INSERT INTO wa_webhooks (name, url, events, headers) VALUES ('good', 'https://example.com/', '*', 'X-Token: abc'),
            ('address', 'example.com/hook', '*', NULL), ('event', 'https://example.com/', '', NULL), ('header', 'https://example.com/', '*', 'Host: a')
            """)
        _ = try database.run("INSERT INTO wa_opt_outs (phone_number) VALUES ('96890000001')")
        _ = try database.run("INSERT INTO wa_outbox (to_jid, payload) VALUES ('96890000001', '{}')")
        await upkeep.swept()
        for table in ["wa_api_keys", "wa_webhooks", "wa_opt_outs", "wa_outbox"] {
            #expect(try database.run("SELECT 1 AS one FROM \(table) WHERE created_at IS NULL").rows.isEmpty, "\(table)")
        }
        func problems(_ table: String) throws -> [String] {
            try database.run("SELECT CONCAT(name, ' ', COALESCE(SUBSTRING_INDEX(problem, ':', 1), '-')) AS p FROM \(table) ORDER BY id").rows.map { try $0.text("p") }
        }
        #expect(try problems("wa_api_keys") == ["good -", "word permissions", "nothing permissions", "address allowed_ips"])
        #expect(try problems("wa_webhooks") == ["good -", "address url", "event events", "header headers"])
        _ = try database.run("UPDATE wa_api_keys SET permissions = '*', allowed_ips = NULL")
        _ = try database.run("UPDATE wa_webhooks SET url = 'http://localhost/', events = 'message.sent', headers = NULL")
        await upkeep.swept()
        #expect(try problems("wa_api_keys") + problems("wa_webhooks") == ["good -", "word -", "nothing -", "address -", "good -", "address -", "event -", "header -"])
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
