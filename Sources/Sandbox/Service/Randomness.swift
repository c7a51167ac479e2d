/// The sandbox's source of randomness: the system's, or a repeatable one for tests.
struct Randomness: RandomNumberGenerator, Sendable {
    private enum Source {
        case system
        case seeded(UInt64)
    }

    private var source: Source

    static let system = Randomness(source: .system)
    /// SplitMix64 (Steele, Lea, Flood 2014): fine for tests, never for keys that matter.
    static func seeded(_ seed: UInt64) -> Randomness { Randomness(source: .seeded(seed)) }

    mutating func next() -> UInt64 {
        guard case .seeded(let state) = source else {
            var system = SystemRandomNumberGenerator()
            return system.next()
        }
        let next = state &+ 0x9E37_79B9_7F4A_7C15
        source = .seeded(next)
        var z = next
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
