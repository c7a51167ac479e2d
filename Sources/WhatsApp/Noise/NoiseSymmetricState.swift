import CryptoPrimitives

/// Hash, chaining key and cipher that both sides of a handshake carry along.
///
/// WhatsApp's first message has no payload at all, not even an empty one: the caller mixes nothing between the two ephemeral keys,
/// where a textbook Noise library would. Source: protocol notes on transport, section 3.
package struct NoiseSymmetricState: Sendable {
    /// What every ciphertext of the handshake authenticates.
    package private(set) var hash: [UInt8]
    /// 32 bytes, the salt of the next derivation.
    package private(set) var chainingKey: [UInt8]
    private var cipher: NoiseCipher

    /// - Parameters:
    ///   - name: the Noise protocol name; up to 32 bytes it is padded with zeros and used as it is, else hashed.
    ///   - prologue: mixed in first, here ``ConnectionHeader/bytes``.
    package init(name: String, prologue: [UInt8]) {
        let bytes = Array(name.utf8)
        let padding = NoiseProtocol.keyLength - bytes.count
        let start = padding >= 0 ? bytes + [UInt8](repeating: 0, count: padding) : SHA256.hash(bytes)
        hash = start
        chainingKey = start
        cipher = NoiseCipher(key: start)
        mixHash(prologue)
    }

    /// Adds public data, or a ciphertext, to the hash.
    package mutating func mixHash(_ data: [UInt8]) { hash = SHA256.hash(hash + data) }

    /// Derives the next chaining key and a fresh cipher from the result of a key agreement.
    package mutating func mixKey(_ sharedSecret: [UInt8]) {
        let keys = derive(from: sharedSecret)
        chainingKey = keys.first
        cipher = NoiseCipher(key: keys.second)
    }

    /// Ciphertext and tag, mixed into the hash.
    package mutating func encrypt(_ plaintext: [UInt8]) throws(NoiseError) -> [UInt8] {
        let sealed = try cipher.seal(plaintext, authenticating: hash)
        mixHash(sealed)
        return sealed
    }

    /// - Parameter secret: named in the error.
    package mutating func decrypt(_ sealed: [UInt8], as secret: NoiseError.Secret) throws(NoiseError) -> [UInt8] {
        let plaintext = try cipher.open(sealed, authenticating: hash, as: secret)
        mixHash(sealed)
        return plaintext
    }

    /// The keys of the phase after the handshake, one for each direction.
    package func split() -> (clientToServer: [UInt8], serverToClient: [UInt8]) {
        let keys = derive(from: [])
        return (keys.first, keys.second)
    }

    private func derive(from secret: [UInt8]) -> (first: [UInt8], second: [UInt8]) {
        let output = HKDF.sha256(secret, salt: chainingKey, length: 2 * NoiseProtocol.keyLength)
        return (Array(output.prefix(NoiseProtocol.keyLength)), Array(output.dropFirst(NoiseProtocol.keyLength)))
    }
}

extension NoiseSymmetricState: Concealed {
    /// Bytes of hash and chaining key; the text form says only this.
    package var concealedByteCount: Int { hash.count + chainingKey.count }
}
