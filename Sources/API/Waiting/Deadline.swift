import Glibc

/// The moment at which a wait ends, on the clock that no administrator turns back.
package struct Deadline: Sendable {
    /// Milliseconds of the monotonic clock.
    package struct Instant: Sendable {
        package let milliseconds: Int64
        package init(milliseconds: Int64) { self.milliseconds = milliseconds }

        package static var now: Instant {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            return Instant(milliseconds: Int64(time.tv_sec) &* 1_000 &+ Int64(time.tv_nsec) / 1_000_000)
        }
    }
    private let end: Instant

    package init(_ milliseconds: Int64, after start: Instant = .now) {
        end = Instant(milliseconds: start.milliseconds &+ milliseconds)
    }

    /// Milliseconds left, never negative; as `poll` takes them.
    package var remaining: Int32 { Int32(clamping: max(0, end.milliseconds &- Instant.now.milliseconds)) }
    package var hasPassed: Bool { remaining == 0 }

    /// The earlier of this one and one in `milliseconds`.
    package func capped(_ milliseconds: Int64) -> Deadline {
        Deadline(min(Int64(remaining), milliseconds))
    }
}
