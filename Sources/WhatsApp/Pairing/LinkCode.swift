package import CryptoPrimitives

/// The eight characters that an owner types into the phone instead of scanning a QR code; they encrypt the first exchange between
/// phone and device.
///
/// Source: protocol notes on pairing, section 6; Tests/Vectors/pairing.json.
package struct LinkCode: Equatable, Sendable, CustomReflectable {
    /// Base 32 without characters that look alike.
    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTVWXYZ".utf8)
    /// PBKDF2 rounds; part of the protocol.
    private static let iterations = 131_072
    /// Random bytes in a code.
    package static let byteCount = 5
    /// Salt, iv and public key.
    static let wrappedLength = 32 + 16 + 32

    /// Upper case, without the dash.
    package let text: String

    /// nil unless there are ``byteCount`` bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        let number = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let characters = stride(from: 35, through: 0, by: -5).map { Self.alphabet[Int(number >> UInt64($0) & 31)] }
        text = String(decoding: characters, as: UTF8.self)
    }

    /// What an owner typed, with or without dash and in any case; nil unless it has eight characters of the alphabet.
    package init?(typed: String) {
        let characters = typed.uppercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
        guard characters.count == 8, characters.allSatisfy(Self.alphabet.contains) else { return nil }
        text = String(decoding: characters, as: UTF8.self)
    }

    /// As people read it: `ABCD-EFGH`.
    package var display: String { "\(text.prefix(4))-\(text.dropFirst(4))" }

    /// The code is a secret until it is used.
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// Encrypts an ephemeral public key (32 bytes) under the code: salt ‖ iv ‖ key.
    package func wrap(_ publicKey: [UInt8], salt: [UInt8], iv: [UInt8]) throws(CryptoError) -> [UInt8] {
        salt + iv + (try AESCTR.apply(publicKey, key: try key(salt), iv: iv))
    }

    /// The other way round. A wrong code gives a wrong key, which only shows later. nil unless there are 80 bytes.
    package func unwrap(_ wrapped: [UInt8]) throws(CryptoError) -> [UInt8]? {
        guard wrapped.count == Self.wrappedLength else { return nil }
        return try AESCTR.apply(Array(wrapped[48...]), key: try key(Array(wrapped[..<32])), iv: Array(wrapped[32..<48]))
    }

    private func key(_ salt: [UInt8]) throws(CryptoError) -> [UInt8] {
        try PBKDF2.hmacSHA256(password: Array(text.utf8), salt: salt, iterations: Self.iterations, length: 32)
    }
}
