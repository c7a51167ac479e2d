import CryptoPrimitives

/// One session: the double ratchet between this device and another.
struct SessionState: Equatable, Sendable {
    struct SendingChain: Equatable, Sendable {
        var ratchet: KeyPair
        var chain: ChainKey
    }

    struct ReceivingChain: Equatable, Sendable {
        let ratchetKey: PublicKey
        var chain: ChainKey
        var skipped = SkippedKeys()

        /// See `SkippedKeys.seed`.
        mutating func seed(at counter: UInt32) throws(SignalError) -> [UInt8] {
            try skipped.seed(at: counter, in: &chain)
        }
    }

    /// What each message carries until the other side is known to hold the session.
    struct PendingPreKey: Equatable, Sendable {
        let preKeyID: UInt32?
        let signedPreKeyID: UInt32
    }

    let localIdentity: PublicKey
    let remoteIdentity: PublicKey
    let localRegistrationID: UInt32
    let remoteRegistrationID: UInt32
    /// The key that the side which started made for this session; it names the session.
    let baseKey: PublicKey
    var rootKey: RootKey
    /// The counter of the last message of the sending chain before this one; 0 where there was none.
    var previousCounter: UInt32 = 0
    var sending: SendingChain
    /// Oldest first.
    var receiving: [ReceivingChain]
    var pendingPreKey: PendingPreKey?
}

extension SessionState {
    /// Starts a session with a device whose bundle was verified.
    init(
        starting bundle: PreKeyBundle, identity: KeyPair, registrationID: UInt32,
        using rng: inout some RandomNumberGenerator
    ) throws(SignalError) {
        let baseKey = KeyPair.generate(using: &rng)
        let agreed = try KeyAgreement.starting(
            identity: identity, baseKey: baseKey, theirIdentity: bundle.identity, theirSignedPreKey: bundle.signedPreKey,
            theirPreKey: bundle.preKey?.key)
        let ratchet = KeyPair.generate(using: &rng)
        let turned = try agreed.root.turned(ours: ratchet, theirs: bundle.signedPreKey)
        self.init(
            localIdentity: identity.publicKey, remoteIdentity: bundle.identity, localRegistrationID: registrationID,
            remoteRegistrationID: bundle.registrationID, baseKey: baseKey.publicKey, rootKey: turned.root,
            sending: SendingChain(ratchet: ratchet, chain: turned.chain),
            receiving: [ReceivingChain(ratchetKey: bundle.signedPreKey, chain: agreed.chain)],
            pendingPreKey: PendingPreKey(preKeyID: bundle.preKey?.id, signedPreKeyID: bundle.signedPreKeyID))
    }

    /// Makes the session that another device started with us.
    init(
        answering message: PreKeySignalMessage, identity: KeyPair, registrationID: UInt32, signedPreKey: KeyPair,
        preKey: KeyPair?
    ) throws(SignalError) {
        let agreed = try KeyAgreement.answering(
            identity: identity, signedPreKey: signedPreKey, preKey: preKey, theirIdentity: message.identity,
            theirBaseKey: message.baseKey)
        self.init(
            localIdentity: identity.publicKey, remoteIdentity: message.identity, localRegistrationID: registrationID,
            remoteRegistrationID: message.registrationID, baseKey: message.baseKey, rootKey: agreed.root,
            sending: SendingChain(ratchet: signedPreKey, chain: agreed.chain), receiving: [], pendingPreKey: nil)
    }
}
