import Model
import Store

/// Keeps the tables below `database.max_bytes`: beyond it the oldest finished deliveries and messages go before their time.
struct DatabaseCeiling: Sendable {
    static let setting = "database.max_bytes"
    /// Percent of the ceiling from which the owner is told, and to which is deleted: the estimates are coarse.
    private static let near: Int64 = 90
    private static let aim: Int64 = 95
    /// Rows of one table and round: a round must end, the next one is an hour later.
    private static let mostRows: Int64 = 200_000
    /// What is younger stays in any case.
    private static let untouchedHours: Int64 = 24
    private static let tables = ["wa_messages", "wa_webhook_deliveries"]

    let database: DatabaseThread
    let now: Timestamp

    /// - Returns: what the owner should know; nil where there is room.
    func run(isStopping: @escaping @Sendable () async -> Bool) async throws -> String? {
        guard let limit = try await database.run({ try MediaLimits.databaseBytes(in: $0) }) else { return nil }
        guard try await measure().total > part(Self.near, of: limit) else { return nil }
        try await database.run { try $0.estimateAnew(Self.tables) }
        let before = try await measure()
        if before.total > limit {
            try await shrink(before, to: part(Self.aim, of: limit), isStopping)
            try await database.run { try $0.estimateAnew(Self.tables) }
        }
        let after = try await measure().total
        guard after > part(Self.near, of: limit) else { return nil }
        let size = "the tables take \(after >> 20) of \(limit >> 20) MB"
        guard after <= limit else { return "\(size), and nothing older than a day is left that could be deleted" }
        return "\(size); at the ceiling the oldest messages and deliveries are deleted"
    }

    private struct Measure {
        let total: Int64
        let parts: [TableSize]
    }

    private func measure() async throws -> Measure {
        let sizes = try await database.run { try $0.tableSizes() }
        return Measure(total: sizes.reduce(0) { $0 &+ $1.bytes }, parts: sizes.filter { Self.tables.contains($0.name) })
    }

    /// Takes the same share of each table, in batches that let webhooks go in between.
    private func shrink(_ measure: Measure, to aim: Int64, _ isStopping: @escaping @Sendable () async -> Bool) async throws {
        let ours = max(1, measure.parts.reduce(0) { $0 &+ $1.bytes })
        let share = min(1, Double(measure.total - aim) / Double(ours))
        let moment = now.adding(milliseconds: -Self.untouchedHours * 3_600_000)
        for table in measure.parts {
            // Where all of it would have to go the estimate does not matter.
            var rest = share < 1 ? min(Self.mostRows, Int64(Double(table.rows) * share) + 1) : Self.mostRows
            while rest > 0, await !isStopping() {
                let limit = Int(min(rest, Int64(Pruning.batch)))
                let deleted = try await database.transaction {
                    table.name == "wa_messages"
                        ? try $0.messages.prune(before: moment, limit: limit) : try $0.deliveries.prune(before: moment, limit: limit)
                }
                guard deleted == limit else { break }
                rest -= Int64(deleted)
            }
        }
    }

    /// Divided first: an owner's number may be large.
    private func part(_ percent: Int64, of limit: Int64) -> Int64 { limit / 100 * percent + limit % 100 * percent / 100 }
}
