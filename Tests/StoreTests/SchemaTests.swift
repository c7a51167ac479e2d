import Foundation
import Model
import Store
import TestDatabase
import Testing

@Suite struct SchemaTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func run(_ program: String, _ arguments: [String], input: URL? = nil) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = output
        process.standardError = output
        process.standardInput = try input.map { try FileHandle(forReadingFrom: $0) } ?? FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(program): \(text)")
        return text
    }

    /// Every table's definition, and the rows that an installation begins with.
    private func contents(of settings: DatabaseSettings) throws -> [String] {
        let database = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey))
        let tables = try database.run(
            "SELECT table_name AS t, table_type AS k FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1"
        ).rows
        var contents = try tables.map { row in
            let column = try row.text("k") == "VIEW" ? "Create View" : "Create Table"
            return try database.run("SHOW CREATE TABLE \(row.text("t"))").rows.map { try $0.text(column) }.joined()
        }
        contents += try database.run("SELECT CONCAT_WS('|', name, value, default_value, description) AS t FROM wa_settings ORDER BY name")
            .rows.map { try $0.text("t") }
        contents += try database.run("SELECT CONCAT(version, name) AS t FROM wa_schema ORDER BY version").rows.map { try $0.text("t") }
        return contents + (try database.sessions.list().map { "\($0.id) \($0.name)" })
    }

    private func withoutCounters(_ text: [String]) -> [String] {
        text.map { $0.replacing(/\ AUTO_INCREMENT=[0-9]+/, with: "") }
    }

    private func importFile(_ name: String = "schema.sql", into settings: DatabaseSettings) throws {
        let file = Self.root.appending(path: "sql/\(name)")
        _ = try run("mariadb", ["--no-defaults", "-u\(settings.user)", "-S", settings.socket ?? "", settings.name], input: file)
    }

    @Test func schemaFileEqualsTheMigrations() throws {
        let migrated = try DatabaseServer.freshDatabase()
        let imported = try DatabaseServer.shared.get().emptyDatabase()
        // Twice, as an owner may import it again.
        for _ in 0..<2 { try importFile(into: imported) }
        let (left, right) = (withoutCounters(try contents(of: migrated)), withoutCounters(try contents(of: imported)))
        #expect(left == right)
        #expect(left.count > 19 + 20 + 4)
    }

    @Test func schemaFileOverOlderTablesLeavesTheirUpgradeToTheMigrations() throws {
        let settings = try DatabaseServer.shared.get().emptyDatabase()
        let database = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey))
        try importFile("migrations/0001-first-tables.sql", into: settings)
        _ = try database.run("INSERT INTO wa_schema (version, name) VALUES (1, 'first-tables')")
        try importFile(into: settings)
        #expect(try database.migrations.status().pending == Array(Migration.all.dropFirst()))
        _ = try database.migrations.migrate()
        let tables = { (text: [String]) in Set(text.map { $0.prefix { $0 != "(" } }) }
        #expect(tables(try contents(of: settings)) == tables(try contents(of: DatabaseServer.freshDatabase())))
        #expect(try database.migrations.status().isCurrent)
    }

    @Test func embeddedMigrationsAreCurrent() throws {
        let made = try run("sh", [Self.root.appending(path: "sql/embed-migrations.sh").path])
        let kept = try String(contentsOf: Self.root.appending(path: "Sources/Store/Migrations/Migration+All.swift"), encoding: .utf8)
        #expect(made == kept, "run `make generate`")
    }

    @Test func migrationsTellWhatIsMissing() throws {
        let settings = try DatabaseServer.shared.get().emptyDatabase()
        let database = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey))
        #expect(try database.migrations.status().installed == 0)
        #expect(throws: StoreError.schemaMissing) { try database.sessions.list() }
        #expect(try database.migrations.migrate(dryRun: true) == Migration.all)
        #expect(try database.migrations.status().installed == 0)
        #expect(try database.migrations.migrate() == Migration.all)
        #expect(try database.migrations.status().isCurrent)
        #expect(try database.migrations.migrate().isEmpty)
        _ = try database.run("INSERT INTO wa_schema (version, name) VALUES (9999, 'later')")
        #expect(try database.migrations.status().isNewer)
    }

    @Test func everyTableAndColumnIsExplained() throws {
        let database = try TestSession().database
        let silent = try database.run(
            """
            SELECT CONCAT(table_name, '.', column_name) AS t FROM information_schema.columns NATURAL JOIN information_schema.tables
            WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND column_comment = ''
            UNION SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_comment = ''
            """
        ).rows
        #expect(try silent.map { try $0.text("t") } == [])
    }

    /// MySQL has no `IF NOT EXISTS` for columns and indexes, no RETURNING, no sequences; phpMyAdmin's user may not use the rest.
    @Test func schemaUsesNothingThatHostsRefuse() throws {
        let text = try String(contentsOf: Self.root.appending(path: "sql/schema.sql"), encoding: .utf8).uppercased()
        for word in [
            "DEFINER", "DELIMITER", "CREATE DATABASE", "TRIGGER", "CREATE EVENT", "RETURNING", "SEQUENCE (", "UTF8MB4_UCA", "UTF8MB4_0900",
            "\nUSE ", "\nSOURCE ",
        ] {
            let stands = text.contains(word)
            #expect(!stands, "\(word)")
        }
    }

    @Test func momentsAreUTCWhateverTheServersZone() throws {
        let test = try TestSession()
        let admin = try Database(test.settings, sealer: Sealer(key: DatabaseServer.testKey))
        // As phpMyAdmin inserts, in the server's zone, which the tests' server has at +05:30.
        _ = try admin.run("SET SESSION time_zone = @@global.time_zone")
        _ = try admin.run("INSERT INTO wa_sessions (name) VALUES ('elsewhere')")
        let seconds = try admin.run(
            "SELECT ABS(TIMESTAMPDIFF(SECOND, created_at, UTC_TIMESTAMP(3))) AS s FROM wa_sessions WHERE name = 'elsewhere'"
        ).rows
        #expect(try seconds.first?.integer("s") ?? 99_999 < 60)
    }

    /// What an owner looks for in phpMyAdmin, over the rows of two days.
    @Test func viewsShowUsageFailuresTrafficAndTheOutbox() throws {
        let test = try TestSession()
        let database = test.database
        func text(_ query: String) throws -> [String] { try database.run(query).rows.map { try $0.text("t") } }
        _ = try database.run("UPDATE wa_settings SET value = '+04:00' WHERE name = 'time.offset'")
        _ = try database.run("INSERT INTO wa_api_keys (name, key_hash) VALUES ('shop', SHA2('1', 256)), ('idle', SHA2('2', 256))")
        let key = try #require(try database.apiKeys.find(name: "shop").first).id
        let today = "DATE(UTC_TIMESTAMP() + INTERVAL 4 HOUR)"
        _ = try database.run(
            "INSERT INTO wa_key_usage (api_key_id, day, requests, messages, refusals) VALUES (\(key), \(today), 5, 2, 1), (\(key), \(today) - INTERVAL 1 DAY, 10, 3, 0), (\(key), \(today) - INTERVAL 90 DAY, 100, 0, 0)")
        #expect(
            try text("SELECT CONCAT_WS(' ', name, requests_today, messages_today, refusals_today, requests_in_30_days, messages_in_30_days) AS t FROM wa_usage_per_key")
                == ["idle 0 0 0 0 0", "shop 5 2 1 15 5"])

        _ = try database.run("INSERT INTO wa_outbox (to_jid, payload) VALUES ('96890000001', JSON_OBJECT('message', 'Hi “you” 🦤'))")
        _ = try database.run("INSERT INTO wa_outbox (to_jid, payload, status) VALUES ('96890000002', '{}', 'sent')")
        #expect(try text("SELECT CONCAT_WS(' ', recipient, session, kind, message, status) AS t FROM wa_outbox_now") == ["96890000001 default text Hi “you” 🦤 pending"])

        let webhook = try database.webhooks.add(url: "http://127.0.0.1:9/hook")
        for (status, attempts) in [("pending", 0), ("pending", 2), ("dead", 8), ("delivered", 1)] {
            let id = try database.deliveries.enqueueTest(event: "message.sent", body: "{}", webhook: webhook, now: test.now)
            _ = try database.run("UPDATE wa_webhook_deliveries SET status = '\(status)', attempts = \(attempts), last_error = 'refused' WHERE id = \(id)")
        }
        #expect(
            try text("SELECT CONCAT_WS(' ', webhook, status, attempts, what_went_wrong) AS t FROM wa_failed_deliveries")
                == ["http://127.0.0.1:9/hook dead 8 refused", "http://127.0.0.1:9/hook pending 2 refused"])

        _ = try database.run("INSERT INTO wa_contacts (session_id, phone_number) VALUES (1, '96890000001')")
        for (number, values) in ["'inbound', 0, 'received'", "'outbound', 0, 'read'", "'outbound', 0, 'failed'"].enumerated() {
            _ = try database.run(
                "INSERT INTO wa_messages (session_id, own_jid, contact_id, message_id, direction, sender_id, status, source, message_type) SELECT 1, '', id, 'M\(number)', \(values), 'api', 'text' FROM wa_contacts")
        }
        #expect(try text("SELECT CONCAT_WS(' ', day = \(today), session, received, sent, failed, chats) AS t FROM wa_daily_traffic") == ["1 default 1 1 1 1"])
    }

    @Test func rowsNeedOnlyWhatTheOwnerKnows() throws {
        let test = try TestSession()
        _ = try test.database.run("INSERT INTO wa_api_keys (name, key_hash) VALUES ('shop', SHA2('the key', 256))")
        let key = try #require(try test.database.apiKeys.list().first)
        #expect(key.permissions == "*" && key.sessionID == test.id && key.isActive && key.dailyLimit == 1_000)
        #expect(key.generalLimit == nil && key.sendLimit == nil && key.expiresAt == nil)
        _ = try test.database.run("INSERT INTO wa_webhooks (url) VALUES ('https://example.com/hook')")
        #expect(try test.database.webhooks.active(session: test.id).map(\.url) == ["https://example.com/hook"])
        _ = try test.database.run("INSERT INTO wa_outbox (to_jid, payload) VALUES ('+968 9000 0001', JSON_OBJECT('message', 'Hi'))")
        #expect(try #require(try test.database.outbox.nextDueAt(session: test.id)) < test.now)
        let later = test.now.adding(milliseconds: 100 * 366 * 86_400_000)
        let row = try #require(try test.database.outbox.claimDue(session: test.id, now: later, limit: 5).first)
        #expect(try test.database.outbox.sessionsWithDueRows(now: test.now) == [], "it was taken")
        #expect(row.source == .sql && row.kind == "text" && row.messageRowID == nil && row.to == "+968 9000 0001")
    }
}
