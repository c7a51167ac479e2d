import CryptoPrimitives

/// A one-time pre-key: whoever starts a session with us uses one up.
package struct PreKey: Equatable, Sendable {
    /// 1 to `SignalLimits.preKeyID`.
    package let id: UInt32
    /// The key itself.
    package let keyPair: KeyPair

    /// A pre-key that exists already, from the database.
    package init(id: UInt32, keyPair: KeyPair) {
        self.id = id
        self.keyPair = keyPair
    }

    /// A fresh one; the id must never have been used for another key.
    package static func generate(id: UInt32, using rng: inout some RandomNumberGenerator) -> PreKey {
        PreKey(id: id, keyPair: .generate(using: &rng))
    }
}

extension PreKey: Concealed {
    /// See `Concealed`.
    package var concealedByteCount: Int { keyPair.concealedByteCount }
}
