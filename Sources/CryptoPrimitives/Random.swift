/// Random bytes from a generator that the caller hands in; outside of tests that is `SystemRandomNumberGenerator`.
package enum Random {
    /// `count` random bytes.
    package static func bytes(_ count: Int, using rng: inout some RandomNumberGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 7)
        while bytes.count < count {
            withUnsafeBytes(of: rng.next().littleEndian) { bytes.append(contentsOf: $0) }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}
