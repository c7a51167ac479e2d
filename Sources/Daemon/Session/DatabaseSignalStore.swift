import Signal
import Store

/// The Signal layer's state in the database; valid inside of one open transaction, which the caller commits.
struct DatabaseSignalStore: SignalStore {
    let database: Database
    let session: Int64
    let account: Account

    var localIdentity: KeyPair { account.identity }
    var localRegistrationID: UInt32 { account.registrationID }

    func sessionRecord(for address: SignalAddress) throws -> SessionRecord? {
        guard let bytes = try database.signal.record(address: address.description, session: session) else { return nil }
        // An unreadable record counts as none: the retry mechanism makes a new session.
        return try? SessionRecord(serialized: bytes)
    }

    mutating func saveSessionRecord(_ record: SessionRecord, for address: SignalAddress) throws {
        try database.signal.saveRecord(record.serialized(), address: address.description, session: session)
    }

    func identity(for address: SignalAddress) throws -> PublicKey? {
        try database.signal.identity(address: address.description, session: session).flatMap { PublicKey(raw: $0) }
    }

    mutating func saveIdentity(_ key: PublicKey, for address: SignalAddress) throws {
        try database.signal.saveIdentity(key.bytes, address: address.description, session: session)
    }

    func preKey(id: UInt32) throws -> PreKey? {
        guard let row = try database.signal.preKey(id: id, session: session) else { return nil }
        return PreKey(id: row.id, keyPair: try KeyPair(privateKey: row.privateKey))
    }

    mutating func removePreKey(id: UInt32) throws {
        try database.signal.removePreKey(id: id, session: session)
    }

    func signedPreKey(id: UInt32) throws -> SignedPreKey? {
        guard let row = try database.credentials.signedPreKey(id: id, session: session) else { return nil }
        return SignedPreKey(id: row.id, keyPair: try KeyPair(privateKey: row.privateKey), signature: row.signature)
    }
}

extension DatabaseSignalStore: SenderKeyStore {
    func senderKeyRecord(for name: SenderKeyName) throws -> SenderKeyRecord? {
        let bytes = try database.signal.senderKey(group: name.group, sender: name.sender.description, session: session)
        return bytes.flatMap { try? SenderKeyRecord(serialized: $0) }
    }

    mutating func saveSenderKeyRecord(_ record: SenderKeyRecord, for name: SenderKeyName) throws {
        try database.signal.saveSenderKey(record.serialized(), group: name.group, sender: name.sender.description, session: session)
    }
}
