import Signal

/// A phone's Signal state, in memory.
struct PhoneStore: SignalStore, Codable, Sendable {
    let localIdentity: KeyPair
    let localRegistrationID: UInt32
    private var sessions: [SignalAddress: SessionRecord] = [:]
    private var identities: [SignalAddress: PublicKey] = [:]
    private var preKeys: [UInt32: PreKey] = [:]
    private(set) var signedPreKeys: [UInt32: SignedPreKey] = [:]
    private var senderKeys: [SenderKeyName: SenderKeyRecord] = [:]
    private var lastPreKey: UInt32 = 0

    init(identity: KeyPair, registrationID: UInt32, signedPreKey: SignedPreKey) {
        localIdentity = identity
        localRegistrationID = registrationID
        signedPreKeys[signedPreKey.id] = signedPreKey
    }

    /// Identities and own keys stay.
    mutating func forgetSessions() {
        sessions = [:]
        senderKeys = [:]
    }

    /// Fresh one-time keys; their public halves go to the register.
    mutating func addPreKeys(_ count: Int, using rng: inout some RandomNumberGenerator) -> [PreKey] {
        (0..<count).map { _ in
            lastPreKey += 1
            let key = PreKey.generate(id: lastPreKey, using: &rng)
            preKeys[key.id] = key
            return key
        }
    }

    func sessionRecord(for address: SignalAddress) throws -> SessionRecord? { sessions[address] }
    mutating func saveSessionRecord(_ record: SessionRecord, for address: SignalAddress) throws { sessions[address] = record }
    func identity(for address: SignalAddress) throws -> PublicKey? { identities[address] }
    mutating func saveIdentity(_ key: PublicKey, for address: SignalAddress) throws { identities[address] = key }
    func preKey(id: UInt32) throws -> PreKey? { preKeys[id] }
    mutating func removePreKey(id: UInt32) throws { preKeys[id] = nil }
    func signedPreKey(id: UInt32) throws -> SignedPreKey? { signedPreKeys[id] }
}

extension PhoneStore: SenderKeyStore {
    func senderKeyRecord(for name: SenderKeyName) throws -> SenderKeyRecord? { senderKeys[name] }
    mutating func saveSenderKeyRecord(_ record: SenderKeyRecord, for name: SenderKeyName) throws { senderKeys[name] = record }
}
