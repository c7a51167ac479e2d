/// What the service hands out about a device, so that a session with it can be started.
package struct PreKeyBundle: Sendable {
    /// The device's registration number.
    package let registrationID: UInt32
    /// The device's identity key.
    package let identity: PublicKey
    /// Which signed pre-key this is.
    package let signedPreKeyID: UInt32
    /// The signed pre-key.
    package let signedPreKey: PublicKey
    /// 64 bytes: the identity's signature of the typed signed pre-key; checked when a session is started.
    package let signedPreKeySignature: [UInt8]
    /// A one-time pre-key; nil where the device has none left.
    package let preKey: (id: UInt32, key: PublicKey)?

    /// A bundle as it came; nothing is checked yet.
    package init(
        registrationID: UInt32, identity: PublicKey, signedPreKeyID: UInt32, signedPreKey: PublicKey,
        signedPreKeySignature: [UInt8], preKey: (id: UInt32, key: PublicKey)?
    ) {
        self.registrationID = registrationID
        self.identity = identity
        self.signedPreKeyID = signedPreKeyID
        self.signedPreKey = signedPreKey
        self.signedPreKeySignature = signedPreKeySignature
        self.preKey = preKey
    }
}
