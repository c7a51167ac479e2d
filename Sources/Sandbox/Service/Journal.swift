import Model

/// Everything notable that happened, in order. Tests and PHP developers read it to see what their client did wrong.
struct Journal: Sendable {
    /// What a line is about.
    enum Kind: String, Sendable, Codable {
        case connected, closed, login, paired, unlinked, stanza, message, receipt, query, group, media
        /// The real service or phone would not have taken this.
        case refused
        /// A stanza was not acknowledged, or not in the right form, or twice.
        case acknowledgement
        case phone, control
    }

    struct Line: Sendable, Codable, Equatable {
        /// Counts from 1 without gaps.
        var number: Int
        /// UTC, `2026-02-27T10:00:00.000Z`.
        var time: String
        var kind: Kind
        /// The device or connection concerned; empty for the service itself.
        var who: String
        var text: String
    }

    /// Lines kept; a client in a tight loop must not fill the memory.
    static let capacity = 20_000
    private(set) var lines: [Line] = []
    private(set) var count = 0
    /// Called for a live log on standard error; not part of the state.
    var echo: (@Sendable (Line) -> Void)?

    mutating func add(_ kind: Kind, _ who: some CustomStringConvertible, _ text: String, now: Timestamp) {
        count += 1
        let line = Line(number: count, time: now.iso8601, kind: kind, who: "\(who)", text: text)
        lines.append(line)
        echo?(line)
        if lines.count >= Self.capacity + Self.capacity / 4 { lines.removeFirst(lines.count - Self.capacity) }
    }

    /// Lines with a number above `number`, oldest first, at most `limit`.
    func after(_ number: Int, limit: Int = 1_000) -> [Line] {
        guard let first = lines.first, number < count else { return [] }
        let start = max(0, number - first.number + 1)
        return Array(lines[min(start, lines.count)...].prefix(limit))
    }
}
