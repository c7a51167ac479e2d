import WhatsApp

/// Messages to one device in a bad order: twice, later than the next one, not at all on this connection, or damaged; at random, repeatably.
struct Noise: Sendable {
    /// Of a hundred messages each.
    struct Shares: Equatable, Sendable {
        var duplicate = 0
        var reorder = 0
        var withhold = 0
        var damage = 0

        /// All that one message can meet; more than this and nothing would get through.
        static let limit = 80

        var isValid: Bool {
            let all = [duplicate, reorder, withhold, damage]
            return all.allSatisfy { (0...Self.limit).contains($0) } && all.reduce(0, +) <= Self.limit
        }
        var isSilent: Bool { self == Shares() }
    }

    private let shares: Shares
    private var rng: Randomness
    /// What waits for the next stanza to overtake it.
    private var held: Node?

    init(_ shares: Shares, seed: UInt64) {
        self.shares = shares
        rng = .seeded(seed)
    }

    mutating func damagesNext() -> Bool { Int.random(in: 0..<100, using: &rng) < shares.damage }

    /// What goes out in the stanza's place. What is withheld counts as written, so that the next connection brings it.
    mutating func shaped(_ stanza: Node) -> [Node] {
        let before = takeHeld()
        guard stanza.tag == "message" else { return [stanza] + before }
        let lot = Int.random(in: 0..<100, using: &rng)
        if lot < shares.duplicate { return [stanza] + before + [stanza] }
        if lot < shares.duplicate + shares.reorder {
            held = stanza
            return before
        }
        if lot < shares.duplicate + shares.reorder + shares.withhold { return before }
        return [stanza] + before
    }

    /// Nothing came to overtake it.
    mutating func takeHeld() -> [Node] {
        defer { held = nil }
        return held.map { [$0] } ?? []
    }
}
