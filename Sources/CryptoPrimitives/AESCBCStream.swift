/// AES-256-CBC with PKCS #7 padding over input that comes in parts; see ``AESCBC``.
///
/// After an error the stream is of no use any more.
package struct AESCBCStream: ~Copyable {
    private let context: CipherContext

    /// - Throws: `invalidKeyLength`, `invalidNonceLength`.
    package static func encrypting(key: [UInt8], iv: [UInt8]) throws(CryptoError) -> AESCBCStream {
        AESCBCStream(context: try AESCBC.context(.encrypt, key: key, iv: iv))
    }

    /// - Throws: `invalidKeyLength`, `invalidNonceLength`.
    package static func decrypting(key: [UInt8], iv: [UInt8]) throws(CryptoError) -> AESCBCStream {
        AESCBCStream(context: try AESCBC.context(.decrypt, key: key, iv: iv))
    }

    private init(context: consuming CipherContext) { self.context = context }

    /// What can be told of the output by now; the last block stays inside.
    /// - Throws: `inputTooLong` for parts of 2 GiB.
    package func update(_ part: [UInt8]) throws(CryptoError) -> [UInt8] { try context.update(part) }

    /// The last block: with its padding, or without.
    /// - Throws: `malformedCiphertext` where the length or the padding is wrong.
    package consuming func finish() throws(CryptoError) -> [UInt8] {
        guard let last = context.finish() else { throw .malformedCiphertext }
        return last
    }
}
