import Model

/// What is left of one counter after a request.
struct LimitState: Sendable, Equatable {
    /// For people: `100 requests per 15 minutes`.
    let name: String
    let limit: Int64
    let remaining: Int64
    /// Seconds until the counter begins anew.
    let reset: Int64

    /// The one that will stop the caller first: the fewest requests left, then the longest wait.
    static func tightest(_ states: [LimitState]) -> LimitState? {
        states.min { ($0.remaining, -$0.reset) < ($1.remaining, -$1.reset) }
    }

    var headers: [(name: String, value: String)] {
        [("RateLimit-Limit", String(limit)), ("RateLimit-Remaining", String(remaining)), ("RateLimit-Reset", String(reset))]
    }
}
