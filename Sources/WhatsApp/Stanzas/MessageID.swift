import CryptoPrimitives

/// Ids of the messages that we make. Source: protocol notes on messages, section 1.
package enum MessageID {
    /// `3EB0` and 18 upper-case hex digits, from the time, the own number (digits) and 16 random bytes.
    package static func make(unixSeconds: Int64, user: String, random: [UInt8]) -> String {
        let time = UInt64(bitPattern: unixSeconds)
        let big = (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * UInt64($0))) }
        let digest = SHA256.hash(big + Array(user.utf8) + Array("@c.us".utf8) + random)
        return "3EB0" + Hex.encode(Array(digest.prefix(9))).uppercased()
    }

    /// Can this id, made by somebody else, be kept? 1 to 128 printable ASCII characters.
    static func isUsable(_ id: String) -> Bool {
        (1...128).contains(id.utf8.count) && id.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
