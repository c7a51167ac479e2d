/// AES-256 in counter mode (NIST SP 800-38A): 32-byte keys, 16-byte initial counter blocks.
package enum AESCTR {
    /// Encrypts or decrypts, which is the same operation; the result is as long as the input.
    /// - Throws: `invalidKeyLength`, `invalidNonceLength`, `inputTooLong`.
    package static func apply(_ input: [UInt8], key: [UInt8], iv: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard key.count == 32 else { throw .invalidKeyLength(key.count) }
        guard iv.count == 16 else { throw .invalidNonceLength(iv.count) }
        let cipher = try CipherContext.start(Algorithms.shared.aes256CTR, .encrypt, key: key, iv: iv)
        guard let output = try cipher.run(input) else { throw .libraryFailure }
        return output
    }
}
