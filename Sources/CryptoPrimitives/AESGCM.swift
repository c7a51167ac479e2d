/// AES-256 in Galois/counter mode (NIST SP 800-38D): 32-byte keys, 12-byte nonces, 16-byte tags.
package enum AESGCM {
    /// Bytes in a key.
    package static let keyLength = 32
    /// Bytes in a nonce; a nonce must never be used twice under one key.
    package static let nonceLength = 12
    /// Bytes that sealing adds.
    package static let tagLength = 16

    /// Encrypts and authenticates: ciphertext ‖ tag.
    /// - Throws: `invalidKeyLength`, `invalidNonceLength`, `inputTooLong`.
    package static func seal(
        _ plaintext: [UInt8], key: [UInt8], nonce: [UInt8], authenticating data: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        let cipher = try context(.encrypt, key: key, nonce: nonce)
        try cipher.authenticate(data)
        guard let ciphertext = try cipher.run(plaintext) else { throw .libraryFailure }
        return try ciphertext + cipher.tag()
    }

    /// Checks and decrypts ciphertext ‖ tag.
    /// - Throws: `authenticationFailed`, also for input shorter than a tag; `invalidKeyLength`, `invalidNonceLength`,
    ///   `inputTooLong`.
    package static func open(
        _ sealed: [UInt8], key: [UInt8], nonce: [UInt8], authenticating data: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        let cipher = try context(.decrypt, key: key, nonce: nonce)
        guard sealed.count >= tagLength else { throw .authenticationFailed }
        try cipher.authenticate(data)
        let opened = try cipher.run(Array(sealed.dropLast(tagLength)), tag: Array(sealed.suffix(tagLength)))
        guard let opened else { throw .authenticationFailed }
        return opened
    }

    private static func context(
        _ direction: CipherContext.Direction, key: [UInt8], nonce: [UInt8]
    ) throws(CryptoError) -> CipherContext {
        guard key.count == keyLength else { throw .invalidKeyLength(key.count) }
        guard nonce.count == nonceLength else { throw .invalidNonceLength(nonce.count) }
        return try CipherContext.start(Algorithms.shared.aes256GCM, direction, key: key, iv: nonce)
    }
}
