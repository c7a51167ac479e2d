/// A repeatable generator (SplitMix64), so that a failing test fails again.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Gives the bytes that a vector prescribes, in order, where a program would draw at random.
struct ScriptedGenerator: RandomNumberGenerator {
    var bytes: [UInt8]

    mutating func next() -> UInt64 {
        precondition(bytes.count >= 8, "the script has run out of randomness")
        defer { bytes.removeFirst(8) }
        return bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
