package import Model

/// One limit that a request counts against.
package struct LimitCheck: Sendable {
    /// Whom it counts for, such as `key:12` or `ip:192.0.2.1`; at most 64 ASCII characters.
    package let subject: String
    /// Which limit, such as `general`, `send` or `daily`.
    package let limitClass: String
    /// Requests in a window; 0 is unlimited.
    package let limit: Int64
    /// When a window that begins now ends.
    package let windowEndsAt: Timestamp
    /// Where the counter is a key's row of `wa_key_usage`; it counts without a limit, too.
    package let day: UsageDay?

    package init(subject: String, limitClass: String, limit: Int64, windowEndsAt: Timestamp, day: UsageDay? = nil) {
        self.subject = subject
        self.limitClass = limitClass
        self.limit = limit
        self.windowEndsAt = windowEndsAt
        self.day = day
    }
}

/// How a limit stands after a request.
package struct LimitState: Sendable, Equatable {
    package let limitClass: String
    package let isAllowed: Bool
    package let limit: Int64
    package let remaining: Int64
    /// Seconds until the window ends, at least 1.
    package let resetSeconds: Int64

    package init(limitClass: String, isAllowed: Bool, limit: Int64, remaining: Int64, resetSeconds: Int64) {
        self.limitClass = limitClass
        self.isAllowed = isAllowed
        self.limit = limit
        self.remaining = remaining
        self.resetSeconds = resetSeconds
    }
}

/// Queries on `wa_rate_counters` and, for a key's day, `wa_key_usage`: fixed windows that begin with the first request, exact over all processes.
package struct LimitTable {
    let database: Database

    /// Counts a request against every limit, or, where one of them is used up, against none.
    /// - Returns: the states in the order of `checks`, without the unlimited ones.
    package func hit(_ checks: [LimitCheck], now: Timestamp) throws(StoreError) -> [LimitState] {
        do {
            if let states = try countedAtOnce(checks, now: now) { return states }
        } catch .deadlock {
            // Nothing was counted; below it is tried again.
        }
        // Every process locks in the same order, so that none waits for another in a circle.
        let counted = checks.filter { $0.limit > 0 || $0.day != nil }.sorted { ($0.subject, $0.limitClass) < ($1.subject, $1.limitClass) }
        let states = try database.atomically { () throws(StoreError) in
            var counters: [Counter] = []
            for check in counted { counters.append(try locked(check, now: now)) }
            let isAllowed = counters.allSatisfy { $0.check.limit == 0 || $0.hits < $0.check.limit }
            for counter in counters where isAllowed { try store(counter) }
            return counters.filter { $0.check.limit > 0 }.map { $0.state(afterHit: isAllowed, now: now) }
        }
        return checks.compactMap { check in states.first { $0.limitClass == check.limitClass } }
    }

    /// A counter whose row this transaction holds.
    private struct Counter {
        let check: LimitCheck
        let hits: Int64
        let endsAt: Timestamp

        func state(afterHit counted: Bool, now: Timestamp) -> LimitState {
            let remaining = max(0, check.limit - hits - (counted ? 1 : 0))
            let milliseconds = max(0, endsAt.milliseconds - now.milliseconds)
            return LimitState(
                limitClass: check.limitClass, isAllowed: hits < check.limit, limit: check.limit, remaining: remaining,
                resetSeconds: max(1, (milliseconds + 999) / 1_000))
        }
    }

    private func locked(_ check: LimitCheck, now: Timestamp) throws(StoreError) -> Counter {
        if let day = check.day {
            return Counter(check: check, hits: try database.keyUsage.lockedRequests(day), endsAt: check.windowEndsAt)
        }
        // The row must be there to be locked; an update that changes nothing takes the same lock.
        _ = try database.run(
            "INSERT INTO wa_rate_counters (subject, class, hits, ends_at) VALUES (?, ?, 0, ?) ON DUPLICATE KEY UPDATE hits = hits",
            [.text(check.subject), .text(check.limitClass), .moment(check.windowEndsAt)])
        let rows = try database.run(
            "SELECT hits, ends_at FROM wa_rate_counters WHERE subject = ? AND class = ? FOR UPDATE",
            [.text(check.subject), .text(check.limitClass)]
        ).rows
        guard let row = rows.first else { throw .deadlock }
        let endsAt = try row.moment("ends_at")
        guard endsAt > now else { return Counter(check: check, hits: 0, endsAt: check.windowEndsAt) }
        return Counter(check: check, hits: try row.integer("hits"), endsAt: endsAt)
    }

    private func store(_ counter: Counter) throws(StoreError) {
        if let day = counter.check.day { return try database.keyUsage.countRequest(day) }
        _ = try database.run(
            "UPDATE wa_rate_counters SET hits = ?, ends_at = ? WHERE subject = ? AND class = ?",
            [.integer(counter.hits + 1), .moment(counter.endsAt), .text(counter.check.subject), .text(counter.check.limitClass)])
    }

    /// Deletes counters whose window ended before `now`.
    /// - Returns: how many; the caller goes on while it is `limit`.
    package func prune(now: Timestamp, limit: Int) throws(StoreError) -> Int {
        try database.run(
            "DELETE FROM wa_rate_counters WHERE ends_at <= ? ORDER BY ends_at LIMIT ?", [.moment(now), .unsigned(limit)]
        ).affectedRows
    }

    /// Counts a request against one limit whose window has `windowSeconds`.
    package func hit(subject: String, limitClass: String, windowSeconds: Int64, limit: Int64, now: Timestamp) throws(StoreError)
        -> LimitState?
    {
        let end = now.adding(milliseconds: windowSeconds * 1_000)
        return try hit([LimitCheck(subject: subject, limitClass: limitClass, limit: limit, windowEndsAt: end)], now: now).first
    }
}
