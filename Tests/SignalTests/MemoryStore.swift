@testable import Signal

/// A store in memory that keeps records in their stored form, and counts writes.
struct MemoryStore: SignalStore, Equatable {
    let localIdentity: KeyPair
    let localRegistrationID: UInt32
    var records: [SignalAddress: [UInt8]] = [:]
    var identities: [SignalAddress: PublicKey] = [:]
    var preKeys: [UInt32: PreKey] = [:]
    var signedPreKeys: [UInt32: SignedPreKey] = [:]

    init(identity: KeyPair, registrationID: UInt32) {
        localIdentity = identity
        localRegistrationID = registrationID
    }

    /// A device with fresh keys: one signed pre-key (id 1) and as many one-time pre-keys as asked for (ids from 1).
    init(preKeys count: UInt32, using rng: inout some RandomNumberGenerator) {
        self.init(identity: .generate(using: &rng), registrationID: .random(in: 1...0x3FFF, using: &rng))
        signedPreKeys[1] = .generate(id: 1, identity: localIdentity, using: &rng)
        for id in 1..<(count + 1) { preKeys[id] = .generate(id: id, using: &rng) }
    }

    func sessionRecord(for address: SignalAddress) throws -> SessionRecord? {
        try records[address].map { bytes throws(SignalError) in try SessionRecord(serialized: bytes) }
    }

    mutating func saveSessionRecord(_ record: SessionRecord, for address: SignalAddress) throws {
        records[address] = record.serialized()
    }

    func identity(for address: SignalAddress) throws -> PublicKey? { identities[address] }
    mutating func saveIdentity(_ key: PublicKey, for address: SignalAddress) throws { identities[address] = key }
    func preKey(id: UInt32) throws -> PreKey? { preKeys[id] }
    mutating func removePreKey(id: UInt32) throws { preKeys[id] = nil }
    func signedPreKey(id: UInt32) throws -> SignedPreKey? { signedPreKeys[id] }

    /// What the service would hand out; a one-time pre-key is handed out once.
    func bundle(preKeyID: UInt32? = nil) throws -> PreKeyBundle {
        guard let signed = signedPreKeys.values.max(by: { $0.id < $1.id }) else { throw SignalError.invalidKey }
        let preKey = preKeyID.flatMap { preKeys[$0] }.map { (id: $0.id, key: $0.keyPair.publicKey) }
        return PreKeyBundle(
            registrationID: localRegistrationID, identity: localIdentity.publicKey, signedPreKeyID: signed.id,
            signedPreKey: signed.keyPair.publicKey, signedPreKeySignature: signed.signature, preKey: preKey)
    }
}
