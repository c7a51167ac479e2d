/// Numbers as key stanzas carry them, big-endian. Source: protocol notes on the Signal layer, section 1.
enum KeyBytes {
    /// Registration ids: 4 bytes.
    static func four(_ value: UInt32) -> [UInt8] {
        [
            UInt8(truncatingIfNeeded: value >> 24), UInt8(truncatingIfNeeded: value >> 16), UInt8(truncatingIfNeeded: value >> 8),
            UInt8(truncatingIfNeeded: value),
        ]
    }

    /// Key ids: the lower 3 bytes.
    static func three(_ value: UInt32) -> [UInt8] { Array(four(value).dropFirst()) }

    static func number(_ bytes: [UInt8]) -> UInt32 { bytes.suffix(4).reduce(0) { $0 << 8 | UInt32($1) } }
}
