import CSodium

/// Diffie-Hellman agreement on Curve25519 (RFC 7748); private keys, public keys and secrets are 32 raw bytes.
package enum X25519 {
    /// Bytes in a private key, a public key and a shared secret.
    package static let keyLength = 32

    /// A fresh private key, its fixed bits already set ("clamped") as the Signal protocol stores them.
    package static func generatePrivateKey(using rng: inout some RandomNumberGenerator) -> [UInt8] {
        clamped(Random.bytes(keyLength, using: &rng))
    }

    /// The public key that belongs to a private key.
    /// - Throws: `invalidKeyLength`.
    package static func publicKey(of privateKey: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard privateKey.count == keyLength else { throw .invalidKeyLength(privateKey.count) }
        Sodium.prepare()
        var output = [UInt8](repeating: 0, count: keyLength)
        guard crypto_scalarmult_curve25519_base(&output, privateKey) == 0 else { throw .libraryFailure }
        return output
    }

    /// The secret that both holders of a private key can compute from the other's public key.
    /// - Throws: `invalidKeyLength`; `weakPublicKey` where the result would be zero whatever the private key
    ///   (RFC 7748, section 6.1).
    package static func sharedSecret(privateKey: [UInt8], publicKey: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard privateKey.count == keyLength else { throw .invalidKeyLength(privateKey.count) }
        guard publicKey.count == keyLength else { throw .invalidKeyLength(publicKey.count) }
        Sodium.prepare()
        var output = [UInt8](repeating: 0, count: keyLength)
        guard crypto_scalarmult_curve25519(&output, privateKey, publicKey) == 0 else { throw .weakPublicKey }
        guard sodium_is_zero(output, output.count) == 0 else { throw .weakPublicKey }
        return output
    }

    /// Sets the fixed bits of a 32-byte scalar (RFC 7748, section 5); any other length is returned as it is.
    static func clamped(_ scalar: [UInt8]) -> [UInt8] {
        guard scalar.count == keyLength else { return scalar }
        var scalar = scalar
        scalar[0] &= 0xF8
        scalar[31] = scalar[31] & 0x7F | 0x40
        return scalar
    }
}
