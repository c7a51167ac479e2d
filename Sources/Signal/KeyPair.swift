import CryptoPrimitives
import SwiftProtobuf

/// A Curve25519 private key with its public key.
package struct KeyPair: Equatable, Sendable {
    /// 32 bytes.
    package let privateKey: [UInt8]
    /// What the other side knows of it.
    package let publicKey: PublicKey

    /// Computes the public key.
    /// - Throws: `invalidKey` where the private key is not 32 bytes long.
    package init(privateKey: [UInt8]) throws(SignalError) {
        do throws(CryptoError) {
            publicKey = PublicKey(unchecked: try X25519.publicKey(of: privateKey))
        } catch { throw .invalidKey }
        self.privateKey = privateKey
    }

    /// A pair that was stored as such. Nothing is computed: a record of forty sessions would cost a millisecond to read.
    init?(storedPrivate: some SwiftProtobufContiguousBytes, storedPublic: some SwiftProtobufContiguousBytes) {
        guard storedPrivate.count == X25519.keyLength, let publicKey = PublicKey(field: storedPublic) else { return nil }
        privateKey = [UInt8](field: storedPrivate)
        self.publicKey = publicKey
    }

    /// A fresh pair.
    package static func generate(using rng: inout some RandomNumberGenerator) -> KeyPair {
        guard let pair = try? KeyPair(privateKey: X25519.generatePrivateKey(using: &rng)) else {
            preconditionFailure("a generated key has 32 bytes")
        }
        return pair
    }

    /// The 64-byte XEdDSA signature of `message`.
    package func sign(_ message: [UInt8], using rng: inout some RandomNumberGenerator) -> [UInt8] {
        let randomness = Random.bytes(XEdDSA.randomnessLength, using: &rng)
        guard let signature = try? XEdDSA.sign(message, privateKey: privateKey, randomness: randomness) else {
            preconditionFailure("both lengths are right")
        }
        return signature
    }

    /// The 32-byte secret shared with the holder of `other`.
    /// - Throws: `invalidKey` where `other` is a point of small order.
    package func agree(with other: PublicKey) throws(SignalError) -> [UInt8] {
        do throws(CryptoError) {
            return try X25519.sharedSecret(privateKey: privateKey, publicKey: other.bytes)
        } catch { throw .invalidKey }
    }
}

extension KeyPair: Concealed {
    /// See `Concealed`.
    package var concealedByteCount: Int { privateKey.count }
}
