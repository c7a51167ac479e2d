/// A replaced identity of an address.
package struct IdentityChange: Equatable, Sendable {
    /// What was known before; nil where this is the first one seen.
    package let old: PublicKey?
    /// What is stored from now on.
    package let new: PublicKey
}

/// What decrypting gave, after everything was stored.
package struct DecryptResult: Equatable, Sendable {
    /// The plaintext with its padding (see `MessagePadding`).
    package let plaintext: [UInt8]
    /// Set where the address had no identity or another one. With an old one, the security code has changed.
    package let newIdentity: IdentityChange?
    /// The one-time pre-key that this message used up; already removed from the store.
    package let usedPreKeyID: UInt32?
}
