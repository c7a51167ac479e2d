import CryptoPrimitives

/// The keys of one group message.
struct SenderMessageKeys: Equatable, Sendable {
    /// Initialisation vector, 16 bytes.
    let iv: [UInt8]
    /// AES-256 key, 32 bytes.
    let cipherKey: [UInt8]

    /// From the seed that a sender key's chain gives.
    init(seed: [UInt8]) {
        let output = HKDF.sha256(seed, info: Array("WhisperGroup".utf8), length: 48)
        iv = Array(output.prefix(16))
        cipherKey = Array(output.suffix(32))
    }
}

extension SenderMessageKeys: Concealed {
    package var concealedByteCount: Int { iv.count + cipherKey.count }
}
