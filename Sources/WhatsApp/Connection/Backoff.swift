/// How long to wait before the next attempt: Fibonacci seconds with jitter, as the phone's own web client waits.
/// Source: protocol notes on transport, section 8.
package struct Backoff: Equatable, Sendable {
    /// Milliseconds; no wait is longer.
    package static let longest: Int64 = 900_000
    /// A connection that lived this long, in milliseconds, starts the series again.
    package static let proven: Int64 = 30_000
    /// From this step on the series is above the longest wait.
    private static let lastStep = 16

    private var step = 0

    /// Before the first attempt.
    package init() {}

    /// Counts a connection that ended.
    /// - Parameters:
    ///   - lived: milliseconds from its opening to its end; 0 where it never opened.
    ///   - extraSteps: of ``Reconnection/reconnectAfterBackoff(extraSteps:)``.
    /// - Returns: milliseconds to wait, within 10 % of 1, 1, 2, 3, 5 … seconds.
    package mutating func wait(
        afterLiving lived: Int64, extraSteps: Int = 0, using rng: inout some RandomNumberGenerator
    ) -> Int64 {
        if lived >= Self.proven { step = 0 }
        step = min(step + min(max(extraSteps, 0), Self.lastStep), Self.lastStep)
        let base = min(Self.fibonacci(step) * 1_000, Self.longest)
        step = min(step + 1, Self.lastStep)
        return min(Int64.random(in: base - base / 10...base + base / 10, using: &rng), Self.longest)
    }

    private static func fibonacci(_ step: Int) -> Int64 {
        var (current, next): (Int64, Int64) = (1, 1)
        for _ in 0..<step { (current, next) = (next, current + next) }
        return current
    }
}
