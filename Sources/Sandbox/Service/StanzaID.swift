import CryptoPrimitives

/// Ids that the service and the phones give to their stanzas.
enum StanzaID {
    /// For queries and notifications of the service: decimal, never of the form that clients use.
    static func service(_ counter: UInt64) -> String { "\(1_000_000 + counter)" }

    /// A message id as Android phones make it: 32 hex digits.
    static func phoneMessage(using rng: inout some RandomNumberGenerator) -> String {
        upperHex(Random.bytes(16, using: &rng))
    }

    private static func upperHex(_ bytes: [UInt8]) -> String { Hex.encode(bytes).uppercased() }
}
