import CryptoPrimitives

/// The id of an event, by which receivers tell repetitions.
enum EventID {
    /// A random UUID (RFC 9562, version 4) in lower case.
    static func make() -> String {
        var random = SystemRandomNumberGenerator()
        var bytes = Random.bytes(16, using: &random)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array(Hex.encode(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
