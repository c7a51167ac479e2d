import CSodium

/// Signatures with Curve25519 keys: Signal's variant of XEdDSA, which keeps the sign of the signer's Edwards key in the
/// top bit of the signature.
///
/// Source: the XEdDSA specification (signal.org/docs/specifications/xeddsa) and signalapp/libsignal
/// `rust/core/src/curve/curve25519.rs`.
package enum XEdDSA {
    /// Bytes in a signature.
    package static let signatureLength = 64
    /// Random bytes that each signature mixes in.
    package static let randomnessLength = 64

    /// Signs `message`; `randomness` is 64 fresh random bytes.
    /// - Throws: `invalidKeyLength`, `invalidRandomnessLength`.
    package static func sign(
        _ message: [UInt8], privateKey: [UInt8], randomness: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        guard privateKey.count == X25519.keyLength else { throw .invalidKeyLength(privateKey.count) }
        guard randomness.count == randomnessLength else { throw .invalidRandomnessLength(randomness.count) }
        Sodium.prepare()
        let key = X25519.clamped(privateKey)
        let publicPoint = try EdwardsGroup.multiplyBase(by: key)
        // FE FF…FF cannot be the start of an encoded point, which keeps this hash apart from the next.
        let prefix = [0xFE] + [UInt8](repeating: 0xFF, count: 31)
        let nonce = EdwardsGroup.scalar(reducing: SHA512.hash(prefix + key + message + randomness))
        let commitment = try EdwardsGroup.multiplyBase(by: nonce)
        let challenge = EdwardsGroup.scalar(reducing: SHA512.hash(commitment + publicPoint + message))
        var response = EdwardsGroup.multiplyAdd(challenge, EdwardsGroup.scalar(reducing: key), nonce)
        response[31] |= publicPoint[31] & 0x80
        return commitment + response
    }

    /// Whether `signature` was made over `message` by the holder of the Curve25519 key `publicKey` (32 raw bytes).
    ///
    /// False, too, for malformed input and for keys and signatures outside their canonical range.
    package static func verify(_ signature: [UInt8], message: [UInt8], publicKey: [UInt8]) -> Bool {
        guard signature.count == signatureLength, publicKey.count == X25519.keyLength else { return false }
        guard var edwardsKey = EdwardsGroup.encodedPoint(ofMontgomery: publicKey) else { return false }
        Sodium.prepare()
        var signature = signature
        edwardsKey[31] |= signature[63] & 0x80
        signature[63] &= 0x7F
        return crypto_sign_ed25519_verify_detached(signature, message, UInt64(message.count), edwardsKey) == 0
    }
}
