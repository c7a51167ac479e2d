import Model
import Store

/// Rows that nobody needs any more, deleted a few at a time: the thread also delivers webhooks, and locks must be short.
struct Pruning: Sendable {
    /// Rows of one statement.
    static let batch = 500
    private static let day: Int64 = 86_400_000
    /// Devices ask again for what they could not read for some days at most.
    private static let retryCopyDays: Int64 = 14
    /// Finished rows of the outbox answer repeated requests for a day; the rest is for the owner's eyes.
    private static let outboxDays: Int64 = 7
    /// A year to compare with.
    private static let keyUsageDays: Int64 = 400

    /// What is pruned, one kind after the other.
    enum Kind: CaseIterable, Sendable {
        case deliveries, messages, retryCopies, outbox, bulks, rateCounters, keyUsage, numbers, posts, calls, actions
    }

    let now: Timestamp

    /// Deletes one batch.
    /// - Returns: whether there may be more of this kind.
    func step(_ kind: Kind, in database: Database) throws -> Bool {
        let limit = Self.batch
        switch kind {
        case .deliveries:
            guard let moment = try retention("webhooks.retention_days", in: database) else { return false }
            return try database.deliveries.prune(before: moment, limit: limit) == limit
        case .messages:
            guard let moment = try retention("messages.retention_days", in: database) else { return false }
            return try database.messages.prune(before: moment, limit: limit) == limit
        case .retryCopies: return try database.messages.dropRetryCopies(before: before(days: Self.retryCopyDays), limit: limit) == limit
        case .outbox: return try database.outbox.prune(before: before(days: Self.outboxDays), limit: limit) == limit
        case .bulks: return try database.bulkJobs.prune(before: before(days: Self.outboxDays), limit: limit) == limit
        case .keyUsage:
            let date = String(before(days: Self.keyUsageDays).iso8601.prefix(10))
            return try database.keyUsage.prune(before: date, limit: limit) == limit
        case .posts:
            guard let moment = try retention("messages.retention_days", in: database) else { return false }
            return try database.posts.prune(before: moment, limit: limit) == limit
        case .calls:
            guard let moment = try retention("messages.retention_days", in: database) else { return false }
            return try database.calls.prune(before: moment, limit: limit) == limit
        case .actions: return try database.actions.prune(before: before(days: 1), limit: limit) == limit
        case .rateCounters: return try database.limits.prune(now: now, limit: limit) == limit
        case .numbers: return try database.numbers.prune(now: now, limit: limit) == limit
        }
    }

    /// nil keeps for ever; so does nothing that is no number: a typing error must not delete anything that the default would keep.
    private func retention(_ name: String, in database: Database) throws -> Timestamp? {
        guard let row = try database.settings.find(name) else { return nil }
        let isGood = SettingCheck.problem(of: row.value, for: name) == nil
        guard let days = SettingForm.count(isGood ? row.value : row.defaultValue), days > 0 else { return nil }
        return before(days: Int64(days))
    }

    private func before(days: Int64) -> Timestamp { now.adding(milliseconds: -days * Self.day) }
}
