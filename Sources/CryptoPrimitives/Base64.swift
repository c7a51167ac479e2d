import CSodium

/// Base 64 (RFC 4648), in a time that does not depend on the content, so that keys may pass through.
package enum Base64 {
    /// Which characters, and whether with padding.
    package enum Alphabet: Sendable {
        /// `+` and `/`, with padding.
        case standard
        /// `-` and `_`, without padding.
        case urlSafeUnpadded
        /// `-` and `_`, with padding.
        case urlSafe

        fileprivate var variant: Int32 {
            switch self {
            case .standard: sodium_base64_VARIANT_ORIGINAL
            case .urlSafeUnpadded: sodium_base64_VARIANT_URLSAFE_NO_PADDING
            case .urlSafe: sodium_base64_VARIANT_URLSAFE
            }
        }
    }

    /// Encodes without line breaks.
    package static func encode(_ bytes: [UInt8], alphabet: Alphabet = .standard) -> String {
        var text = [CChar](repeating: 0, count: sodium_base64_encoded_len(bytes.count, alphabet.variant))
        sodium_bin2base64(&text, text.count, bytes, bytes.count, alphabet.variant)
        return String(decoding: text.dropLast().lazy.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Decodes strictly: nil for foreign characters, white space, wrong padding or stray bits in the last character.
    package static func decode(_ text: String, alphabet: Alphabet = .standard) -> [UInt8]? {
        let characters = text.utf8.map(CChar.init(bitPattern:))
        guard !characters.isEmpty else { return [] }
        var bytes = [UInt8](repeating: 0, count: characters.count / 4 * 3 + 3)
        var length = 0
        let status = sodium_base642bin(
            &bytes, bytes.count, characters, characters.count, nil, &length, nil, alphabet.variant)
        guard status == 0, length <= bytes.count else { return nil }
        return Array(bytes.prefix(length))
    }
}
