/// When to ping, and when a silent connection counts as dead. Milliseconds of the caller's clock.
/// Source: protocol notes on transport, section 7.
struct Keepalive: Sendable {
    enum Due: Equatable { case nothing, ping, dead }

    private(set) var nextPing: Int64
    /// A ping ahead of its time, because a query was met with silence.
    private(set) var probeAt: Int64?
    /// Runs from a ping after the last byte received.
    private(set) var answerBy: Int64?
    /// Runs from a ping after the last answer received.
    private(set) var heardBy: Int64?

    init(now: Int64, using rng: inout some RandomNumberGenerator) {
        nextPing = Self.pingTime(after: now, using: &rng)
    }

    var deadline: Int64 { min(nextPing, probeAt ?? .max, answerBy ?? .max, heardBy ?? .max) }

    /// Anything at all proves that the peer lives.
    mutating func received() { (probeAt, answerBy) = (nil, nil) }

    /// An answer proves that the peer hears us, too.
    mutating func answered() { heardBy = nil }

    /// Bytes have arrived that were not looked at yet: the answer may be among them.
    mutating func isBehind(now: Int64) {
        received()
        if heardBy != nil { heardBy = now.saturatingAdd(ConnectionLimits.deafness) }
    }

    /// Silence now says that either the connection is dead or the service does not know this query; a ping finds out which.
    mutating func wroteNeedingAnswer(now: Int64) {
        if answerBy == nil, probeAt == nil { probeAt = now.saturatingAdd(ConnectionLimits.probe) }
    }

    /// - Returns: `.ping` once for each ping that is due; the caller sends it.
    mutating func tick(now: Int64, using rng: inout some RandomNumberGenerator) -> Due {
        if let answerBy, answerBy <= now { return .dead }
        if let heardBy, heardBy <= now { return .dead }
        guard min(nextPing, probeAt ?? .max) <= now else { return .nothing }
        nextPing = Self.pingTime(after: now, using: &rng)
        probeAt = nil
        if answerBy == nil { answerBy = now.saturatingAdd(ConnectionLimits.answer) }
        if heardBy == nil { heardBy = now.saturatingAdd(ConnectionLimits.deafness) }
        return .ping
    }

    private static func pingTime(after now: Int64, using rng: inout some RandomNumberGenerator) -> Int64 {
        now.saturatingAdd(Int64.random(in: ConnectionLimits.pingInterval, using: &rng))
    }
}

extension Int64 {
    /// Times come from callers; the end of the number range must not trap.
    func saturatingAdd(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}
