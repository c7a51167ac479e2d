import Signal
import Store

/// The Signal layer's state in the database; valid inside of one open transaction, which the caller commits.
struct DatabaseSignalStore: SignalStore {
    let database: Database
    let session: Int64
    let account: Account
    private let ahead = ReadAhead()

    init(database: Database, session: Int64, account: Account) {
        self.database = database
        self.session = session
        self.account = account
    }

    /// What was read before it was asked for; each is handed out once, and not after something else was stored in its place.
    private final class ReadAhead {
        var records: [SignalAddress: SessionRecord?] = [:]
        var identities: [SignalAddress: PublicKey] = [:]
        /// nil while everything is written at once.
        var unsaved: [SignalAddress: SessionRecord]?
    }

    /// From now on records are not written before ``saveCollected()``, which writes several at a time.
    func collectRecords() { ahead.unsaved = [:] }

    func saveCollected() throws {
        let records = (ahead.unsaved ?? [:]).map { (address: $0.key.description, record: $0.value.serialized()) }
        ahead.unsaved = nil
        // In one order for everybody who locks several.
        try database.signal.saveRecords(records.sorted { $0.address < $1.address }, session: session)
    }

    /// Reads what encrypting for these addresses is going to ask for.
    func readAhead(_ addresses: [SignalAddress]) throws {
        let names = Dictionary(addresses.map { ($0.description, $0) }, uniquingKeysWith: { first, _ in first })
        for loaded in try database.signal.load(addresses: addresses.map(\.description), session: session) {
            guard let address = names[loaded.address] else { continue }
            let bytes = try Self.intact { try loaded.record.get() }
            ahead.records[address] = .some(bytes.flatMap { try? SessionRecord(serialized: $0) })
            ahead.identities[address] = loaded.identity.flatMap { PublicKey(raw: $0) }
        }
    }

    /// A record that is damaged counts as none: the retry mechanism makes a new one. One must not block the account.
    private static func intact<T>(_ load: () throws -> T?) throws -> T? {
        do { return try load() } catch StoreError.tampered { return nil }
    }

    var localIdentity: KeyPair { account.identity }
    var localRegistrationID: UInt32 { account.registrationID }

    func sessionRecord(for address: SignalAddress) throws -> SessionRecord? {
        if let unsaved = ahead.unsaved?[address] { return unsaved }
        if ahead.records[address] == nil { try readAhead([address]) }
        return ahead.records.removeValue(forKey: address) ?? nil
    }

    mutating func saveSessionRecord(_ record: SessionRecord, for address: SignalAddress) throws {
        ahead.records[address] = nil
        guard ahead.unsaved == nil else {
            ahead.unsaved?[address] = record
            return
        }
        try database.signal.saveRecord(record.serialized(), address: address.description, session: session)
    }

    func identity(for address: SignalAddress) throws -> PublicKey? {
        if let known = ahead.identities.removeValue(forKey: address) { return known }
        return try database.signal.identity(address: address.description, session: session).flatMap { PublicKey(raw: $0) }
    }

    mutating func saveIdentity(_ key: PublicKey, for address: SignalAddress) throws {
        ahead.identities[address] = nil
        try database.signal.saveIdentity(key.bytes, address: address.description, session: session)
    }

    func preKey(id: UInt32) throws -> PreKey? {
        guard let row = try Self.intact({ try database.signal.preKey(id: id, session: session) }) else { return nil }
        return PreKey(id: row.id, keyPair: try KeyPair(privateKey: row.privateKey))
    }

    mutating func removePreKey(id: UInt32) throws {
        try database.signal.removePreKey(id: id, session: session)
    }

    func signedPreKey(id: UInt32) throws -> SignedPreKey? {
        try database.credentials.signedPreKey(id: id, session: session).map { try SignedPreKey($0) }
    }
}

extension DatabaseSignalStore {
    /// The user was registered anew: what is sent from now on needs new sessions and identities. Messages that were on their way can
    /// still be read.
    mutating func retireSessions(ofUser user: String) throws {
        for text in try database.signal.addressesWithRecord(of: user, session: session) {
            guard let device = UInt32(text.dropFirst(user.count + 1)) else { continue }
            let address = SignalAddress(name: user, deviceID: device)
            guard var record = try sessionRecord(for: address) else { continue }
            record.archiveCurrentSession()
            try saveSessionRecord(record, for: address)
        }
        ahead.identities = [:]
        try database.signal.deleteIdentities(ofUser: user, session: session)
    }
}

extension DatabaseSignalStore: SenderKeyStore {
    func senderKeyRecord(for name: SenderKeyName) throws -> SenderKeyRecord? {
        let bytes = try Self.intact { try database.signal.senderKey(group: name.group, sender: name.sender.description, session: session) }
        return bytes.flatMap { try? SenderKeyRecord(serialized: $0) }
    }

    mutating func saveSenderKeyRecord(_ record: SenderKeyRecord, for name: SenderKeyName) throws {
        try database.signal.saveSenderKey(record.serialized(), group: name.group, sender: name.sender.description, session: session)
    }
}
