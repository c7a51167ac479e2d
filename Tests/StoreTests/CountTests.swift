import Model
import Store
import TestDatabase
import Testing

/// Kept counts and what is counted behind them always make the true total, and pages deep inside begin at the right row.
@Suite struct CountTests {
    /// Rows 1 to 10,000, and 10,000 on both sides of row 1,048,576, at which the second sum begins; three of four outbound, without those that are
    /// multiples of 7. The last range still grows.
    private func log() throws -> TestSession {
        let test = try TestSession()
        let contact = try test.database.contacts.resolve(ContactAddress(phoneNumber: "96890000001"), session: test.id)
        for ids in [1...10_000, 1_043_001...1_053_000] as [ClosedRange<Int64>] { try insert(ids, contact: contact, test) }
        return test
    }

    private func insert(_ ids: ClosedRange<Int64>, contact: Int64, _ test: TestSession) throws {
        for start in stride(from: ids.lowerBound, through: ids.upperBound, by: 1_000) {
            let rows = (start...min(start + 999, ids.upperBound)).filter { $0 % 7 != 0 }.map { id in
                "(\(id), \(test.id), '', \(contact), 0, 'M\(id)', '\(id % 4 == 0 ? "inbound" : "outbound")', 'api', 'text', 'x', 'sent')"
            }
            _ = try test.database.run(
                """
                INSERT INTO wa_messages (id, session_id, own_jid, contact_id, sender_id, message_id, direction, source, message_type, content, status)
                VALUES \(rows.joined(separator: ", "))
                """)
        }
    }

    private func count(below limit: Int64, _ test: TestSession) throws {
        while try test.database.counts.countNext(.messages, below: limit) {}
    }

    private func expectTrueTotals(_ test: TestSession, sourceLocation: SourceLocation = #_sourceLocation) throws {
        for direction in [nil, MessageDirection.inbound, .outbound] {
            for since: Int64? in [nil, 0, 4_095, 4_096, 9_000, 1_045_000, 1_048_575, 1_048_576, 1_052_000, 1_070_000] {
                var filter = MessageFilter()
                (filter.direction, filter.sinceID) = (direction, since)
                let all = try test.database.run(
                    "SELECT id FROM wa_messages WHERE id > ? AND direction IN (?, ?) ORDER BY id",
                    [.integer(since ?? 0), .text(direction?.rawValue ?? "inbound"), .text(direction?.rawValue ?? "outbound")]
                ).rows.map { try $0.integer("id") }
                let ordered = since == nil ? all.reversed() : all
                for page in [1, 3, 105, 130, 170] {
                    let found = try test.database.messages.page(page, limit: 100, filter: filter, session: test.id)
                    #expect(found.total == all.count, sourceLocation: sourceLocation)
                    #expect(found.rows.map(\.id) == Array(ordered.dropFirst((page - 1) * 100).prefix(100)), sourceLocation: sourceLocation)
                }
            }
        }
    }

    @Test func totalsAndPagesAreTrueAtEveryStageOfCounting() throws {
        let test = try log()
        try expectTrueTotals(test)
        for limit: Int64 in [5_000, 5_000, 1_045_000, 1_050_000, 1_053_001] {
            try count(below: limit, test)
            try expectTrueTotals(test)
        }
        #expect(try test.database.run("SELECT MAX(counted_to) AS n FROM wa_counts").rows.first?.integer("n") == 1_053_001)
    }

    @Test func whatIsDeletedIsNotCountedAnyMore() throws {
        let test = try log()
        try count(below: 1_051_001, test)
        // In a range that is counted, and in one that is counted in part.
        for ids in [4_000...4_200, 1_050_900...1_051_100] as [ClosedRange<Int64>] {
            _ = try test.database.run("UPDATE wa_messages SET created_at = '2020-01-01' WHERE id BETWEEN ? AND ?", [.integer(ids.lowerBound), .integer(ids.upperBound)])
        }
        let old = try #require(Timestamp(parsing: "2021-01-01T00:00:00Z"))
        while try test.database.messages.prune(before: old, limit: 100) == 100 {}
        try expectTrueTotals(test)
        try count(below: 1_053_001, test)
        try expectTrueTotals(test)
    }

    @Test func aSecondLookMendsWhatWasDeletedByHand() throws {
        let test = try log()
        try count(below: 1_053_001, test)
        _ = try test.database.run("DELETE FROM wa_messages WHERE id BETWEEN 5000 AND 6000 OR id BETWEEN 1049000 AND 1050000")
        for block in 0..<258 as Range<Int64> { try test.database.counts.recount(.messages, chance: block, below: 1_053_001) }
        try expectTrueTotals(test)
    }

    @Test func rowsThatComeLaterAreCountedBehind() throws {
        let test = try log()
        try count(below: 1_053_001, test)
        let contact = try test.database.contacts.resolve(ContactAddress(phoneNumber: "96890000001"), session: test.id)
        try insert(1_053_001...1_063_000, contact: contact, test)
        try expectTrueTotals(test)
        try count(below: 1_063_001, test)
        try expectTrueTotals(test)
    }

    /// Tables of before there were sums, and those that a program wrote which knows none: the one brought up to date, the other mended by second looks.
    @Test func sumsAreMadeByTheMigrationAndMendedByASecondLook() throws {
        let test = try log()
        try count(below: 1_053_001, test)
        let script = try #require(Migration.all.first { $0.name == "count-sums" })
        _ = try test.database.run("DROP TABLE wa_count_sums")
        _ = try test.database.run("DELETE FROM wa_schema WHERE version = ?", [.integer(script.version)])
        #expect(try test.database.migrations.migrate() == [script])
        try expectTrueTotals(test)
        _ = try test.database.run("UPDATE wa_count_sums SET number = number + 1")
        for block in 0..<258 as Range<Int64> { try test.database.counts.recount(.messages, chance: block, below: 1_053_001) }
        try expectTrueTotals(test)
    }

    /// By the daemon's next round.
    @Test(arguments: [["wa_counts"], ["wa_count_sums"], ["wa_counts", "wa_count_sums"]])
    func emptiedTablesAreFilledAgain(_ tables: [String]) throws {
        let test = try log()
        try count(below: 1_053_001, test)
        for table in tables { _ = try test.database.run("DELETE FROM \(table)") }
        try count(below: 1_045_000, test)
        try expectTrueTotals(test)
        try count(below: 1_053_001, test)
        try expectTrueTotals(test)
    }
}
