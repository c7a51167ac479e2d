import Model
import Store

/// Finds out whether numbers are on WhatsApp: from what is remembered, else from WhatsApp, within the time that a request has.
struct NumberCheck {
    let call: Call

    /// - Returns: what is known of each number, in their order.
    /// - Throws: ``Problem`` 503 where WhatsApp did not answer in time, 429 where it was asked too often.
    func answers(_ numbers: [String]) throws -> [NumberRow] {
        var known = try remembered(numbers)
        let open = numbers.filter { known[$0] == nil }
        if !open.isEmpty {
            try ask(Set(open).sorted())
            known.merge(try remembered(open)) { first, _ in first }
        }
        return try numbers.map { number in
            guard let row = known[number] else { throw Problem.checkUnanswered }
            return row
        }
    }

    private func remembered(_ numbers: [String]) throws -> [String: NumberRow] {
        var rows: [String: NumberRow] = [:]
        for number in Set(numbers) {
            rows[number] = try call.database.numbers.remembered(number, at: call.now, session: call.key.sessionID)
        }
        return rows
    }

    private func ask(_ numbers: [String]) throws {
        try countQuestions(numbers.count)
        let now = call.now
        try call.retryingDeadlocks { () throws(StoreError) in
            for number in numbers { try call.database.numbers.ask(number, at: now, session: call.key.sessionID) }
        }
        guard let slot = call.service.waitingSlot() else { throw Problem.checkBusy }
        _ = call.doorbell.ring(.numbers(call.key.sessionID), until: call.deadline)
        slot.release()
    }

    /// Per WhatsApp number, whichever keys ask: it is the number that would be banned.
    private func countQuestions(_ count: Int) throws {
        let limit = call.settings.checksPerHour
        guard limit > 0 else { return }
        for _ in 0..<count {
            let state = try call.database.limits.hit(
                subject: "session:\(call.key.sessionID)", limitClass: "checks", windowSeconds: Limits.checkWindowSeconds, limit: Int64(limit),
                now: call.now)
            if let state, !state.isAllowed { throw Problem.tooManyChecks(limit, retryAfter: state.resetSeconds) }
        }
    }
}
