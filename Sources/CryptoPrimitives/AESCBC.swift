/// AES-256 in cipher block chaining mode with PKCS #7 padding (NIST SP 800-38A, RFC 5652): 32-byte keys, 16-byte vectors.
///
/// It authenticates nothing: check a MAC over the ciphertext before decrypting.
package enum AESCBC {
    /// Bytes in a key.
    package static let keyLength = 32
    /// Bytes in an initialisation vector, and in a block.
    package static let ivLength = 16

    /// Pads and encrypts; the result is 1 to 16 bytes longer, a whole number of blocks.
    /// - Throws: `invalidKeyLength`, `invalidNonceLength`, `inputTooLong`.
    package static func encrypt(_ plaintext: [UInt8], key: [UInt8], iv: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard let ciphertext = try context(.encrypt, key: key, iv: iv).run(plaintext) else { throw .libraryFailure }
        return ciphertext
    }

    /// Decrypts and removes the padding.
    /// - Throws: `malformedCiphertext` where the length or the padding is wrong; `invalidKeyLength`,
    ///   `invalidNonceLength`, `inputTooLong`.
    package static func decrypt(_ ciphertext: [UInt8], key: [UInt8], iv: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard let plaintext = try context(.decrypt, key: key, iv: iv).run(ciphertext) else { throw .malformedCiphertext }
        return plaintext
    }

    static func context(
        _ direction: CipherContext.Direction, key: [UInt8], iv: [UInt8]
    ) throws(CryptoError) -> CipherContext {
        guard key.count == keyLength else { throw .invalidKeyLength(key.count) }
        guard iv.count == ivLength else { throw .invalidNonceLength(iv.count) }
        return try CipherContext.start(Algorithms.shared.aes256CBC, direction, key: key, iv: iv)
    }
}
