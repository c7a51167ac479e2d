/// How long to wait after each failed attempt of a delivery; the setting `webhooks.retry_schedule`.
package struct RetrySchedule: Equatable, Sendable {
    /// Seconds after the first, second, … failure.
    package let seconds: [Int64]

    package static let standard = RetrySchedule(seconds: [10, 60, 300, 1_800, 7_200, 21_600, 86_400])
    /// Waits from which on later events of the same chat may pass.
    package static let orderedSeconds: Int64 = 60

    init(seconds: [Int64]) { self.seconds = seconds }

    /// Reads `10s,1m,5m,30m,2h,6h,24h`; a bare number is seconds. nil for anything else, for more than 20 waits and for waits over 30 days.
    package init?(parsing text: String) {
        var waits: [Int64] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            var word = part.filter { $0 != " " }
            let unit: Int64 = switch word.last {
            case "s": 1
            case "m": 60
            case "h": 3_600
            case "d": 86_400
            default: 0
            }
            if unit > 0 { word.removeLast() }
            guard let number = Int64(word), (1...2_592_000).contains(number), number * max(unit, 1) <= 2_592_000 else { return nil }
            waits.append(number * max(unit, 1))
        }
        guard waits.count <= 20 else { return nil }
        seconds = waits
    }

    /// Milliseconds until the next attempt, nil when the delivery is dead.
    /// - Parameter failures: how many attempts have failed, this one included; at least 1.
    package func wait(afterFailures failures: Int, using rng: inout some RandomNumberGenerator) -> Int64? {
        guard failures >= 1, failures <= seconds.count else { return nil }
        // Up to a tenth more, so that receivers that came back are not hit by all at once. Never less: the API promises the waits.
        let base = seconds[failures - 1] * 1_000
        return base + Int64.random(in: 0...(base / 10), using: &rng)
    }
}
