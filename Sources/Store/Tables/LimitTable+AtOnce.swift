import Model

/// The usual request in one statement: its window is under way, its rows are there, nothing is used up.
extension LimitTable {
    /// Counts a key's request on its class and on its day, or on neither.
    /// - Returns: the states as ``hit(_:now:)`` gives them; nil where nothing was counted, and `hit` has to say why.
    func countedAtOnce(_ checks: [LimitCheck], now: Timestamp) throws(StoreError) -> [LimitState]? {
        let classes = checks.filter { $0.day == nil && $0.limit > 0 }
        guard let daily = checks.first(where: { $0.day != nil }), let day = daily.day, classes.count <= 1 else { return nil }
        guard let check = classes.first else {
            guard let requests = try countedDay(day, limit: daily.limit) else { return nil }
            return [state(of: daily, hits: requests, seconds: nil, now: now)].compactMap { $0 }
        }
        guard let packed = try counted(check, day, dailyLimit: daily.limit, now: now) else { return nil }
        let states = [
            check.limitClass: state(of: check, hits: packed.hits, seconds: packed.seconds, now: now),
            daily.limitClass: state(of: daily, hits: packed.requests, seconds: nil, now: now),
        ]
        return checks.compactMap { states[$0.limitClass] ?? nil }
    }

    /// - Parameter seconds: until the window ends; nil where it began with this request.
    private func state(of check: LimitCheck, hits: Int64, seconds: Int64?, now: Timestamp) -> LimitState? {
        guard check.limit > 0 else { return nil }
        let whole = max(1, (check.windowEndsAt.milliseconds - now.milliseconds + 999) / 1_000)
        return LimitState(
            limitClass: check.limitClass, isAllowed: true, limit: check.limit, remaining: max(0, check.limit - hits), resetSeconds: seconds ?? whole)
    }

    private func countedDay(_ day: UsageDay, limit: Int64) throws(StoreError) -> Int64? {
        let result = try database.run(
            """
            UPDATE wa_key_usage SET requests = LAST_INSERT_ID(requests + 1) WHERE api_key_id = ? AND day = ? AND (? = 0 OR requests < ?)
            """, [.integer(day.apiKeyID), .text(day.date), .integer(limit), .integer(limit)])
        return result.affectedRows > 0 ? result.insertID : nil
    }

    private struct Packed {
        let hits: Int64
        let seconds: Int64?
        let requests: Int64
    }

    /// How the counters stand comes back with the statement's own answer, as the number that `LAST_INSERT_ID` was given: 26 bits of requests of the day, 11
    /// bits of seconds until the window ends (0 for a new one), 26 bits of hits. The day is locked before the class, as `hit` does.
    private func counted(_ check: LimitCheck, _ day: UsageDay, dailyLimit: Int64, now: Timestamp) throws(StoreError) -> Packed? {
        let hits = "IF(c.ends_at > ?, c.hits, 0) + 1"
        let seconds = "IF(c.ends_at > ?, LEAST(\(Self.mostSeconds), CEIL(TIMESTAMPDIFF(MICROSECOND, ?, c.ends_at) / 1000000)), 0)"
        let packed =
            "(LEAST(u.requests + 1, \(Self.mostHits)) * \(Self.secondsUnit) + \(seconds)) * \(Self.hitsUnit) + LEAST(\(hits), \(Self.mostHits))"
        let moment = SQLValue.moment(now)
        let result = try database.run(
            """
            UPDATE wa_key_usage u STRAIGHT_JOIN wa_rate_counters c ON c.subject = ? AND c.class = ?
            SET u.requests = u.requests + 1 + 0 * LAST_INSERT_ID(\(packed)), c.hits = \(hits), c.ends_at = IF(c.ends_at > ?, c.ends_at, ?)
            WHERE u.api_key_id = ? AND u.day = ? AND (? = 0 OR u.requests < ?) AND (c.ends_at <= ? OR c.hits < ?)
            """,
            [.text(check.subject), .text(check.limitClass), moment, moment, moment, moment, moment, .moment(check.windowEndsAt)]
                + [.integer(day.apiKeyID), .text(day.date), .integer(dailyLimit), .integer(dailyLimit), moment, .integer(check.limit)])
        guard result.affectedRows > 0 else { return nil }
        let number = result.insertID
        let left = (number / Self.hitsUnit) % Self.secondsUnit
        return Packed(
            hits: number % Self.hitsUnit, seconds: left > 0 ? left : nil, requests: number / Self.hitsUnit / Self.secondsUnit)
    }

    private static let hitsUnit: Int64 = 1 << 26
    private static let secondsUnit: Int64 = 1 << 11
    private static let mostHits: Int64 = hitsUnit - 1
    private static let mostSeconds: Int64 = secondsUnit - 1
}
