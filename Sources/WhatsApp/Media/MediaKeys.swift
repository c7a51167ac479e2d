import CryptoPrimitives

/// What is derived from the 32 random bytes that travel in the message beside the address of the file.
package struct MediaKeys: Sendable, Concealed {
    /// Bytes in a media key.
    package static let keyLength = 32

    package let iv: [UInt8]
    package let cipherKey: [UInt8]
    package let macKey: [UInt8]

    package var concealedByteCount: Int { iv.count + cipherKey.count + macKey.count }

    /// - Throws: `invalidKey` where `mediaKey` has not ``keyLength`` bytes.
    package init(_ mediaKey: [UInt8], for category: MediaCategory) throws(MediaCipherError) {
        guard mediaKey.count == Self.keyLength else { throw .invalidKey(mediaKey.count) }
        // 16 bytes of vector, 32 each of cipher, code and reference key; the last is not used.
        let derived = HKDF.sha256(mediaKey, info: Array(category.keyInfo.utf8), length: 112)
        iv = Array(derived[0..<16])
        cipherKey = Array(derived[16..<48])
        macKey = Array(derived[48..<80])
    }
}
