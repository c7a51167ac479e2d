import CryptoPrimitives
import Model
import Signal
import Store
import WAProto
import WhatsApp

/// The one transaction that turns a message into bytes: sessions are started, ratchets step, and the finished stanza is kept
/// for sending it again. Its closure may run more than once, so everything random is made inside.
struct Dispatch: Sendable {
    let message: OutgoingMessage
    let messageID: String
    let messageRowID: Int64
    let outboxID: Int64
    let target: SendTarget
    let devices: [JID]
    /// Keys of devices with which there was no session; nil before they were asked for.
    let bundles: [JID: PreKeyBundle]?
    let account: Account
    let own: OwnAddresses
    let session: Int64
    let contactID: Int64
    let now: Timestamp

    /// There is no session with these, and nobody has asked for their keys.
    struct NeedsBundles: Error {
        let devices: [JID]
    }

    /// The stanza, and how many devices have no session and were left out.
    /// - Throws: ``NeedsBundles``; the transaction is not to be committed then.
    func run(in database: Database) throws -> (node: Node, skipped: Int) {
        var random = SystemRandomNumberGenerator()
        let content = try content(in: database)
        let plaintexts = try MessagePlaintexts(content, destination: target.address, secret: Random.bytes(32, using: &random))
        var store = DatabaseSignalStore(database: database, session: session, account: account)
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
        if bundles == nil, !strangers.isEmpty { throw NeedsBundles(devices: strangers) }
        let isToSelf = own.includes(target.address)
        guard copies.contains(where: { isToSelf || !own.includes($0.device) }) else { throw SendFailure.noDevices }
        var stanza = OutgoingMessageStanza(
            id: messageID, to: target.address, phoneNumber: target.phoneNumber, kind: content.stanzaKind, copies: copies,
            account: account.proof ?? [])
        if !isToSelf { stanza.token = try Session.token(for: target.address, now: now, in: database, session: session) }
        try database.messages.saveRetryCopy(
            plaintexts.forRecipient, secret: plaintexts.secret, messageID: messageID, id: messageRowID, session: session)
        try database.outbox.saveStanza(BinaryXML.encode(stanza.node), id: outboxID)
        return (stanza.node, devices.count - copies.count)
    }

    private func content(in database: Database) throws -> WAMessage {
        let draft = Draft(
            message: message, chat: target.address, addressing: target.address.isLID ? .lid : .phoneNumber, contactID: contactID, own: own,
            session: session, messageRowID: messageRowID, now: now)
        return try draft.content(database.contacts.expiration(id: contactID), in: database)
    }
}
