import Store

// The headers of a limited answer (IETF draft "RateLimit header fields for HTTP", version 3).
extension LimitState {
    /// The one that will stop the caller first: the fewest requests left, then the longest wait.
    static func tightest(_ states: [LimitState]) -> LimitState? {
        states.min { ($0.remaining, -$0.resetSeconds) < ($1.remaining, -$1.resetSeconds) }
    }

    var headers: [(name: String, value: String)] {
        [("RateLimit-Limit", String(limit)), ("RateLimit-Remaining", String(remaining)), ("RateLimit-Reset", String(resetSeconds))]
    }

    /// For people.
    var words: String {
        switch limitClass {
        case "general": "\(limit) requests per 15 minutes"
        case "send": "\(limit) send requests per minute"
        default: "\(limit) requests per day"
        }
    }
}
