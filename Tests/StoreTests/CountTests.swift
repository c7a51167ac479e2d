import Model
import Store
import TestDatabase
import Testing

/// Kept counts and what is counted behind them always make the true total, and pages deep inside begin at the right row.
@Suite struct CountTests {
    /// Rows 1 to 20,000, three of four outbound, without those that are multiples of 7: five ranges, the last of which still grows.
    private func log() throws -> TestSession {
        let test = try TestSession()
        let contact = try test.database.contacts.resolve(ContactAddress(phoneNumber: "96890000001"), session: test.id)
        try insert(1...20_000, contact: contact, test)
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
            for since: Int64? in [nil, 0, 4_095, 4_096, 9_000, 19_000, 25_000] {
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
        for limit: Int64 in [5_000, 5_000, 15_000, 20_001] {
            try count(below: limit, test)
            try expectTrueTotals(test)
        }
        #expect(try test.database.run("SELECT MAX(counted_to) AS n FROM wa_counts").rows.first?.integer("n") == 20_001)
    }

    @Test func whatIsDeletedIsNotCountedAnyMore() throws {
        let test = try log()
        try count(below: 18_001, test)
        // In a range that is counted, and in one that is counted in part.
        for ids in [4_000...4_200, 17_900...18_100] as [ClosedRange<Int64>] {
            _ = try test.database.run("UPDATE wa_messages SET created_at = '2020-01-01' WHERE id BETWEEN ? AND ?", [.integer(ids.lowerBound), .integer(ids.upperBound)])
        }
        let old = try #require(Timestamp(parsing: "2021-01-01T00:00:00Z"))
        while try test.database.messages.prune(before: old, limit: 100) == 100 {}
        try expectTrueTotals(test)
        try count(below: 20_001, test)
        try expectTrueTotals(test)
    }

    @Test func aSecondLookMendsWhatWasDeletedByHand() throws {
        let test = try log()
        try count(below: 20_001, test)
        _ = try test.database.run("DELETE FROM wa_messages WHERE id BETWEEN 5000 AND 6000")
        for block in 0..<5 as Range<Int64> { try test.database.counts.recount(.messages, chance: block, below: 20_001) }
        try expectTrueTotals(test)
    }

    @Test func rowsThatComeLaterAreCountedBehind() throws {
        let test = try log()
        try count(below: 20_001, test)
        let contact = try test.database.contacts.resolve(ContactAddress(phoneNumber: "96890000001"), session: test.id)
        try insert(20_001...30_000, contact: contact, test)
        try expectTrueTotals(test)
        try count(below: 30_001, test)
        try expectTrueTotals(test)
    }
}
