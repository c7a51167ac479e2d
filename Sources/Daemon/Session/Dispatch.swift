import CryptoPrimitives
import Model
import Signal
import Store
import WAProto
import WhatsApp

/// What a transaction that encrypts has made, and kept.
struct Dispatched: Sendable {
    let node: Node
    /// Devices that have no session and were left out.
    let skipped: Int
    /// Once the service has the message, the recipient may have to be given a token.
    var owesToken = false
}

/// The one transaction that turns a message to a person into bytes: sessions are started, ratchets step, and the finished stanza is kept
/// for sending it again. Its closure may run more than once, so everything random is made inside.
struct Dispatch: Sendable {
    let message: OutgoingMessage
    let messageID: String
    let messageRowID: Int64
    let outboxID: Int64
    /// nil where the tables know it.
    var target: SendTarget?
    /// nil where the tables know them.
    var devices: [JID]?
    /// Keys of devices with which there was no session; nil before they were asked for.
    var bundles: [JID: PreKeyBundle]?
    let account: Account
    let own: OwnAddresses
    let session: Int64
    let contactID: Int64
    var now: Timestamp

    /// What the tables do not know, so that the service has to be asked; the transaction is not to be committed then.
    enum Missing: Error {
        case target
        case devices(SendTarget)
        /// There is no session with these.
        case bundles([JID])
    }

    /// - Throws: ``Missing``.
    func run(in database: Database) throws -> Dispatched {
        guard let target = try target ?? .known(for: message.recipient, own: own, in: database, session: session) else { throw Missing.target }
        guard let devices = try devices ?? knownDevices(of: target, in: database) else { throw Missing.devices(target) }
        var random = SystemRandomNumberGenerator()
        let content = try content(for: target, in: database)
        let plaintexts = try MessagePlaintexts(content, destination: target.address, secret: Random.bytes(32, using: &random))
        var store = DatabaseSignalStore(database: database, session: session, account: account)
        store.collectRecords()
        try store.readAhead(devices.map { SignalAddress($0) })
        var copies: [OutgoingMessageStanza.Copy] = []
        var strangers: [JID] = []
        for device in devices {
            let address = SignalAddress(device)
            do {
                if let bundle = bundles?[device] {
                    try SessionCipher.startSession(with: bundle, address: address, in: &store, using: &random)
                }
                let plaintext = own.includes(device) ? plaintexts.forOwnDevices : plaintexts.forRecipient
                let ciphertext = try SessionCipher.encrypt(MessagePadding.pad(plaintext, using: &random), to: address, in: &store)
                copies.append(.init(device: device, ciphertext: ciphertext))
            } catch is SignalError {
                // A device without usable keys is left out; it asks again when it comes back.
                strangers.append(device)
            }
        }
        if bundles == nil, !strangers.isEmpty { throw Missing.bundles(strangers) }
        let isToSelf = own.includes(target.address)
        guard copies.contains(where: { isToSelf || !own.includes($0.device) }) else { throw SendFailure.noDevices }
        var stanza = OutgoingMessageStanza(
            id: messageID, to: target.address, phoneNumber: target.phoneNumber, kind: content.stanzaKind, copies: copies,
            account: account.proof ?? [])
        try store.saveCollected()
        var owesToken = false
        if !isToSelf { (stanza.token, owesToken) = try Session.token(for: target.address, now: now, in: database, session: session) }
        try database.messages.saveRetryCopy(
            plaintexts.forRecipient, secret: plaintexts.secret, messageID: messageID, id: messageRowID, session: session)
        try database.outbox.saveStanza(BinaryXML.encode(stanza.node), id: outboxID)
        return Dispatched(node: stanza.node, skipped: devices.count - copies.count, owesToken: owesToken)
    }

    private func knownDevices(of target: SendTarget, in database: Database) throws -> [JID]? {
        let users = target.users(own)
        let lists = try database.devices.load(users: users, session: session).mapValues(\.numbers)
        return lists.count < users.count ? nil : try target.devices(lists, own: own)
    }

    private func content(for target: SendTarget, in database: Database) throws -> WAMessage {
        let draft = Draft(
            message: message, chat: target.address, addressing: target.address.isLID ? .lid : .phoneNumber, contactID: contactID, own: own,
            session: session, messageRowID: messageRowID, now: now)
        return try draft.content(database.contacts.expiration(id: contactID), in: database)
    }
}
