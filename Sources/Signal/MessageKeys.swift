import CryptoPrimitives

/// The keys of one pairwise message.
struct MessageKeys: Equatable, Sendable {
    /// AES-256 key, 32 bytes.
    let cipherKey: [UInt8]
    /// HMAC-SHA-256 key, 32 bytes.
    let macKey: [UInt8]
    /// Initialisation vector, 16 bytes.
    let iv: [UInt8]

    /// From the seed that a chain gives.
    init(seed: [UInt8]) {
        let output = HKDF.sha256(seed, info: Array("WhisperMessageKeys".utf8), length: 80)
        cipherKey = Array(output[0..<32])
        macKey = Array(output[32..<64])
        iv = Array(output[64..<80])
    }
}

extension MessageKeys: Concealed {
    package var concealedByteCount: Int { cipherKey.count + macKey.count + iv.count }
}
