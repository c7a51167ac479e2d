import CSodium

/// Base 16 (RFC 4648), in a time that does not depend on the content, so that keys may pass through.
package enum Hex {
    /// Two lower-case digits a byte.
    package static func encode(_ bytes: [UInt8]) -> String {
        // The library ends the text with a zero.
        String(unsafeUninitializedCapacity: bytes.count * 2 + 1) { text in
            text.withMemoryRebound(to: CChar.self) { text in
                guard let start = text.baseAddress else { return }
                _ = sodium_bin2hex(start, text.count, bytes, bytes.count)
            }
            return bytes.count * 2
        }
    }

    /// Reads digits of either case; nil where the count is odd or a character is no digit.
    package static func decode(_ text: String) -> [UInt8]? {
        let characters = text.utf8.map(CChar.init(bitPattern:))
        var bytes = [UInt8](repeating: 0, count: characters.count / 2)
        guard characters.count % 2 == 0, !characters.isEmpty else { return characters.isEmpty ? [] : nil }
        var length = 0
        guard sodium_hex2bin(&bytes, bytes.count, characters, characters.count, nil, &length, nil) == 0 else { return nil }
        return length == bytes.count ? bytes : nil
    }
}
