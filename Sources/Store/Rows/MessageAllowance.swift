/// One day of a key as the owner counts days; a row of `wa_key_usage`.
package struct UsageDay: Sendable, Equatable {
    package let apiKeyID: Int64
    /// `2026-03-01`, in the owner's time zone.
    package let date: String

    package init(apiKeyID: Int64, date: String) {
        self.apiKeyID = apiKeyID
        self.date = date
    }
}

/// Messages that a key is about to send, with what it may send a day (`wa_api_keys.daily_messages`).
package struct MessageAllowance: Sendable {
    package let day: UsageDay
    package let count: Int
    /// nil is unlimited.
    package let limit: Int64?

    package init(_ day: UsageDay, count: Int, limit: Int64?) {
        self.day = day
        self.count = count
        self.limit = limit
    }
}
