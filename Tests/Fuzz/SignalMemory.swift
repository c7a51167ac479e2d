import Signal

/// A Signal store in memory.
struct SignalMemory: SignalStore, SenderKeyStore, Equatable {
    let localIdentity: KeyPair
    let localRegistrationID: UInt32 = 7
    var sessions: [SignalAddress: SessionRecord] = [:]
    var identities: [SignalAddress: PublicKey] = [:]
    var preKeys: [UInt32: PreKey] = [:]
    let signed: SignedPreKey
    var senderKeys: [SenderKeyName: SenderKeyRecord] = [:]

    init(using rng: inout some RandomNumberGenerator) {
        localIdentity = .generate(using: &rng)
        signed = .generate(id: 1, identity: localIdentity, using: &rng)
        preKeys[1] = .generate(id: 1, using: &rng)
    }

    func sessionRecord(for address: SignalAddress) -> SessionRecord? { sessions[address] }
    mutating func saveSessionRecord(_ record: SessionRecord, for address: SignalAddress) { sessions[address] = record }
    func identity(for address: SignalAddress) -> PublicKey? { identities[address] }
    mutating func saveIdentity(_ key: PublicKey, for address: SignalAddress) { identities[address] = key }
    func preKey(id: UInt32) -> PreKey? { preKeys[id] }
    mutating func removePreKey(id: UInt32) { preKeys[id] = nil }
    func signedPreKey(id: UInt32) -> SignedPreKey? { id == signed.id ? signed : nil }
    func senderKeyRecord(for name: SenderKeyName) -> SenderKeyRecord? { senderKeys[name] }
    mutating func saveSenderKeyRecord(_ record: SenderKeyRecord, for name: SenderKeyName) { senderKeys[name] = record }

    var bundle: PreKeyBundle {
        PreKeyBundle(
            registrationID: localRegistrationID, identity: localIdentity.publicKey, signedPreKeyID: signed.id,
            signedPreKey: signed.keyPair.publicKey, signedPreKeySignature: signed.signature,
            preKey: preKeys[1].map { ($0.id, $0.keyPair.publicKey) })
    }
}
