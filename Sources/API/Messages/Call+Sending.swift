import Model
import Store

// What all calls that send have in common.
extension Call {
    /// The caller's own name for the request; nil where it gave none.
    func idempotencyKey() throws(Problem) -> IdempotencyKey? {
        guard let header = request.headers["idempotency-key"] else { return nil }
        guard let key = IdempotencyKey(header) else {
            throw Problem(
                400, "validation_failed", "Invalid header: Idempotency-Key",
                error: "`Idempotency-Key` is not valid; expected 1 to \(Limits.idempotencyKeyBytes) printable ASCII characters")
        }
        return key
    }

    /// What storing so many messages takes from the key's day.
    func allowance(messages: Int) -> MessageAllowance {
        MessageAllowance(UsageDay(apiKeyID: key.id, date: settings.date(of: now)), count: messages, limit: key.dailyMessages)
    }
}

extension Problem {
    static func noMessagesLeft(_ call: Call) -> Problem {
        let midnight = call.settings.nextMidnight(after: call.now)
        let seconds = max(1, (midnight.milliseconds - call.now.milliseconds + 999) / 1_000)
        return Problem(
            429, "daily_messages", "Too many messages",
            error:
                "the key may send \(call.key.dailyMessages ?? 0) messages a day (wa_api_keys.daily_messages), and this would be more; nothing was stored. Wait \(seconds) s",
            retryAfter: seconds)
    }
}
