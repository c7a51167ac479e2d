import CryptoPrimitives

/// A fresh API key: what its holder gets, and what is kept of it.
package struct NewKey: Sendable, CustomStringConvertible {
    /// `wa_` and 32 characters of 24 random bytes: nothing to guess, and short enough for a header.
    package let text: String
    /// Lower-case hex SHA-256 of the text, for `wa_api_keys.key_hash`.
    package let hash: String

    package init(using rng: inout some RandomNumberGenerator) {
        text = "wa_" + Base64.encode(Random.bytes(24, using: &rng), alphabet: .urlSafeUnpadded)
        hash = Hex.encode(SHA256.hash(Array(text.utf8)))
    }

    package var description: String { "<API key>" }
}
