import CryptoPrimitives
import Model
import Signal
import WhatsApp

/// A simulated phone: device 0 of its account, with an identity, sessions and a screen.
///
/// It reads what the service delivers and writes what its owner says, as the official app would. The ``World`` moves stanzas between
/// it and the service and fetches key bundles for it.
struct Phone: Codable, Sendable {
    let number: String
    let lid: String
    var name: String
    /// Signs the linked devices.
    let identity: KeyPair
    let rawID: UInt32
    var store: PhoneStore
    private(set) var messages = PhoneMessages()
    private(set) var revision = 0
    /// Off: mail waits.
    var isOnline = true
    /// Chats that it hands over to devices that are linked, beside its own.
    var inventedPast: InventedPast?
    /// It can upload no file again.
    var hasLostFiles: Bool?
    var waiting: [Service.PhoneMail.Content] = []
    /// Sent in answer to every text from somebody else.
    var automaticAnswer: String?
    var outbox = PhoneOutbox()
    /// Calls that it made, oldest first.
    var calls: [PhoneCall] = []
    /// nil in states that older versions wrote, and until there is something to keep.
    var memory: PhoneMemory?
    /// How often another copy of a message was asked for.
    var retries: [String: Int] = [:]
    /// Devices that have its sender key, by group.
    var keyHolders: [String: Set<String>] = [:]
    /// What it shares with its linked devices.
    var settings: PhoneSettings?

    /// One-time keys in the first upload of a phone, and whenever few are left.
    static let preKeyBatch = 100
    static let preKeyLow = 20

    var address: DeviceAddress { .phone(number) }

    /// A phone and the account it registers.
    static func register(number: String, name: String, lid: String, using rng: inout some RandomNumberGenerator) -> (Phone, Account) {
        let identity = KeyPair.generate(using: &rng)
        let signed = SignedPreKey.generate(id: 1, identity: identity, using: &rng)
        let registrationID = UInt32.random(in: 1...0x3FFF, using: &rng)
        let phone = Phone(
            number: number, lid: lid, name: name, identity: identity, rawID: UInt32.random(in: 1...UInt32.max, using: &rng),
            store: PhoneStore(identity: identity, registrationID: registrationID, signedPreKey: signed))
        let register = PreKeyRegister(
            registrationID: registrationID, identity: identity.publicKey,
            signedKey: PreKeyRegister.SignedKey(id: signed.id, key: signed.keyPair.publicKey, signature: signed.signature))
        let account = Account(number: number, lid: lid, name: name, identity: identity.publicKey, rawID: phone.rawID, phoneKeys: register)
        return (phone, account)
    }

    private init(number: String, lid: String, name: String, identity: KeyPair, rawID: UInt32, store: PhoneStore) {
        self.number = number
        self.lid = lid
        self.name = name
        self.identity = identity
        self.rawID = rawID
        self.store = store
    }

    /// Where sessions with a device are kept: LID addresses throughout.
    static func signalAddress(_ jid: JID) -> SignalAddress { SignalAddress(name: "\(jid.user)_1", deviceID: UInt32(jid.device)) }

    func hasSession(with jid: JID) -> Bool { (try? SessionCipher.hasSession(for: Self.signalAddress(jid), in: store)) ?? false }

    mutating func startSession(with jid: JID, _ bundle: PreKeyBundle, using rng: inout some RandomNumberGenerator) throws(Refusal) {
        do {
            try SessionCipher.startSession(with: bundle, address: Self.signalAddress(jid), in: &store, using: &rng)
        } catch {
            throw .unreadable("no session with \(jid): \(error)")
        }
    }
}

extension Phone {
    /// Puts a message on the screen.
    mutating func show(_ message: PhoneMessage) {
        revision += 1
        var message = message
        message.revision = revision
        messages.append(message)
    }

    func shows(_ id: String, from sender: String) -> Bool { messages.named(id).contains { $0.from == sender } }

    /// Changes those of the messages `ids` that `matches` picks.
    mutating func update(_ ids: Set<String>, where matches: (PhoneMessage) -> Bool, _ change: (inout PhoneMessage) -> Void) {
        for index in ids.flatMap(messages.positions).sorted() where matches(messages[index]) {
            revision += 1
            change(&messages[index])
            messages[index].revision = revision
        }
    }

    /// New and changed messages since a revision, oldest change first.
    func messages(after revision: Int) -> [PhoneMessage] {
        messages.filter { $0.revision > revision }.sorted { $0.revision < $1.revision }
    }
}
