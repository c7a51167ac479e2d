import Signal

/// The public keys of one device as the service keeps them: identity, signed pre-key, and one-time keys that are each handed out once.
struct PreKeyRegister: Codable, Sendable {
    struct SignedKey: Codable, Sendable, Equatable {
        var id: UInt32
        var key: PublicKey
        /// XEdDSA by the identity over the 33-byte form of `key`; checked before it gets here.
        var signature: [UInt8]
    }

    struct OneTimeKey: Codable, Sendable, Equatable {
        var id: UInt32
        var key: PublicKey
    }

    var registrationID: UInt32
    let identity: PublicKey
    private(set) var signedKey: SignedKey
    private(set) var oneTimeKeys: [OneTimeKey] = []
    /// Every one-time key ever offered: an id must never stand for two keys.
    private var known: [UInt32: PublicKey] = [:]
    private var handedOut: Set<UInt32> = []
    private var signedKeyIDs: Set<UInt32>
    /// Of the phone before WhatsApp was installed anew on it.
    private var formerPreKeys: Set<UInt32>?
    private var formerSignedKeys: Set<UInt32>?
    /// Set once the owner was told that few keys are left, until it uploads again.
    var toldLow = false

    init(registrationID: UInt32, identity: PublicKey, signedKey: SignedKey) {
        self.registrationID = registrationID
        self.identity = identity
        self.signedKey = signedKey
        self.signedKeyIDs = [signedKey.id]
    }

    /// Takes an upload; offering keys again that were not yet handed out is what clients do after a lost answer.
    mutating func add(_ keys: [OneTimeKey]) throws(Refusal) {
        for key in keys {
            if let earlier = known[key.id], earlier != key.key { throw .preKeys("id \(key.id) was already used for another key") }
            if handedOut.contains(key.id) { throw .preKeys("key \(key.id) was already handed out") }
        }
        for key in keys where known.updateValue(key.key, forKey: key.id) == nil { oneTimeKeys.append(key) }
        toldLow = false
    }

    mutating func dropOneTimeKeys() { oneTimeKeys = [] }

    mutating func rotate(to key: SignedKey) {
        signedKey = key
        signedKeyIDs.insert(key.id)
    }

    /// One bundle for somebody who starts a session; it lacks the one-time key when none is left.
    mutating func takeBundle() -> PreKeyBundle {
        let oneTimeKey = oneTimeKeys.isEmpty ? nil : oneTimeKeys.removeFirst()
        if let oneTimeKey { handedOut.insert(oneTimeKey.id) }
        return PreKeyBundle(
            registrationID: registrationID, identity: identity, signedPreKeyID: signedKey.id, signedPreKey: signedKey.key,
            signedPreKeySignature: signedKey.signature, preKey: oneTimeKey.map { (id: $0.id, key: $0.key) })
    }

    /// The owner sent this key to somebody itself, in a retry receipt.
    mutating func gaveAway(_ id: UInt32) {
        oneTimeKeys.removeAll { $0.id == id }
        handedOut.insert(id)
    }

    /// Takes the place of the register that the device had before. Whoever has not heard of it yet goes on naming those keys: the service
    /// relays that, and the phone asks for what it can not read.
    mutating func follow(_ former: PreKeyRegister) {
        formerPreKeys = former.handedOut.union(former.formerPreKeys ?? [])
        formerSignedKeys = former.signedKeyIDs.union(former.formerSignedKeys ?? [])
    }

    /// Whether a first message to this device may name these keys: nobody can know others.
    func gaveOut(preKey: UInt32?, signedKey: UInt32) -> Bool {
        let isSigned = signedKeyIDs.contains(signedKey) || formerSignedKeys?.contains(signedKey) == true
        return isSigned && (preKey.map { handedOut.contains($0) || formerPreKeys?.contains($0) == true } ?? true)
    }
}
