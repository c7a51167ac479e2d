import CryptoPrimitives
package import Model

/// The id that a message of ours gets before anything leaves.
package enum MessageID {
    /// `3EB0` and 18 upper-case hex digits, from time, own number and chance. Source: protocol notes on messages, section 1.
    /// - Parameter ownNumber: digits of the session's phone number.
    package static func make(ownNumber: String, at now: Timestamp, using rng: inout some RandomNumberGenerator) -> String {
        let seconds = UInt64(bitPattern: now.seconds)
        var input = (0..<8).map { UInt8(truncatingIfNeeded: seconds >> (56 - 8 * UInt64($0))) }
        input += Array("\(ownNumber)@c.us".utf8)
        input += Random.bytes(16, using: &rng)
        return "3EB0" + Hex.encode(Array(SHA256.hash(input).prefix(9))).uppercased()
    }
}
