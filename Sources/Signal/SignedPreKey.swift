import CryptoPrimitives

/// The pre-key that every session started with us uses; replaced from time to time, old ones are kept.
package struct SignedPreKey: Equatable, Sendable {
    /// 1 to `SignalLimits.preKeyID`.
    package let id: UInt32
    /// The key itself.
    package let keyPair: KeyPair
    /// 64 bytes: the identity's XEdDSA signature of the typed public key (33 bytes).
    package let signature: [UInt8]

    /// A signed pre-key that exists already, from the database.
    package init(id: UInt32, keyPair: KeyPair, signature: [UInt8]) {
        self.id = id
        self.keyPair = keyPair
        self.signature = signature
    }

    /// A fresh one, signed by our identity.
    package static func generate(
        id: UInt32, identity: KeyPair, using rng: inout some RandomNumberGenerator
    ) -> SignedPreKey {
        let pair = KeyPair.generate(using: &rng)
        return SignedPreKey(id: id, keyPair: pair, signature: identity.sign(pair.publicKey.typed, using: &rng))
    }
}

extension SignedPreKey: Concealed {
    /// See `Concealed`.
    package var concealedByteCount: Int { keyPair.concealedByteCount }
}
