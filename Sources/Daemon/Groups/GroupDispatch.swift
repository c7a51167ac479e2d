import CryptoPrimitives
import Model
import Signal
import Store
import WAProto
import WhatsApp

/// What a message was prepared for is no longer so: members, devices or keys have changed meanwhile. Gather anew.
struct GroupChanged: Error {}

/// The one transaction that turns a message to a group into bytes: our sender key steps, devices that do not have it get it, and the
/// finished stanza is kept. Its closure may run more than once, so everything random is made inside.
struct GroupDispatch: Sendable {
    let message: OutgoingMessage
    let messageID: String
    let messageRowID: Int64
    let outboxID: Int64
    let target: GroupTarget
    let bundles: [JID: PreKeyBundle]
    let account: Account
    let own: OwnAddresses
    let session: Int64
    let contactID: Int64
    let now: Timestamp

    private var group: JID { target.group.jid }

    /// - Throws: ``GroupChanged``.
    func run(in database: Database) throws -> Dispatched {
        var store = DatabaseSignalStore(database: database, session: session, account: account)
        let sender = SenderKeyName(group: group.description, sender: target.own.address)
        try checkUnchanged(sender, in: store)
        if target.keys.mustRotate {
            try database.signal.dropOwnKey(group: group.description, sender: sender.sender.description, session: session)
        }
        var random = SystemRandomNumberGenerator()
        let secret = Random.bytes(32, using: &random)
        let content = try content(in: database)
        let plaintext = try GroupPlaintexts.content(content, secret: secret)
        let keys = try distribute(sender, in: &store, using: &random)
        let skipped = target.needy.count - keys.count
        // Somebody has to be able to read it.
        guard target.others.isEmpty || skipped < target.others.count else { throw SendFailure.noDevices }
        let ciphertext = try GroupCipher.encrypt(MessagePadding.pad(plaintext, using: &random), as: sender, in: &store, using: &random)
        let stanza = GroupMessageStanza(
            id: messageID, group: group, addressing: target.group.addressing, kind: content.stanzaKind, keys: keys, message: ciphertext,
            devices: target.devices.map(\.wire), account: account.proof ?? [])
        try keep(stanza, plaintext, secret: secret, in: database)
        return Dispatched(node: stanza.node, skipped: skipped)
    }

    private func checkUnchanged(_ sender: SenderKeyName, in store: DatabaseSignalStore) throws {
        guard try store.database.groups.currentRevision(of: group, session: session) == target.group.revision else { throw GroupChanged() }
        let keys = try GroupTarget.KeyState(
            group: group, sender: sender, devices: Set(target.others.map(\.address.description)), in: store)
        guard keys == target.keys else { throw GroupChanged() }
    }

    private func content(in database: Database) throws -> WAMessage {
        let draft = Draft(
            message: message, chat: group, addressing: target.group.addressing, contactID: contactID, own: own, session: session,
            messageRowID: messageRowID, now: now)
        return try draft.content(Expiration(seconds: target.group.expirationSeconds, setAt: nil), in: database)
    }

    /// Our sender key as it stands now, encrypted for each device that does not have it: earlier messages stay unreadable to them.
    private func distribute(
        _ sender: SenderKeyName, in store: inout DatabaseSignalStore, using random: inout some RandomNumberGenerator
    ) throws -> [OutgoingMessageStanza.Copy] {
        let distribution = try GroupCipher.distribution(for: sender, in: &store, using: &random)
        let plaintext = try GroupPlaintexts.key(distribution, of: group)
        var copies: [OutgoingMessageStanza.Copy] = []
        store.collectRecords()
        try store.readAhead(target.needy.map(\.address))
        for device in target.needy {
            do {
                if let bundle = bundles[device.canonical] {
                    try SessionCipher.startSession(with: bundle, address: device.address, in: &store, using: &random)
                }
                let ciphertext = try SessionCipher.encrypt(MessagePadding.pad(plaintext, using: &random), to: device.address, in: &store)
                copies.append(.init(device: device.wire, ciphertext: ciphertext))
            } catch is SignalError {
                // A device without usable keys is left out; it asks again when it comes back.
                continue
            }
        }
        try store.saveCollected()
        return copies
    }

    private func keep(_ stanza: GroupMessageStanza, _ plaintext: [UInt8], secret: [UInt8], in database: Database) throws {
        let given = Set(stanza.keys.map(\.device))
        try database.signal.giveKey(
            to: target.needy.filter { given.contains($0.wire) }.map(\.address.description), messageID: messageID,
            group: group.description, session: session)
        try database.messages.saveRetryCopy(plaintext, secret: secret, messageID: messageID, id: messageRowID, session: session)
        try database.messages.expectReceipts(
            from: target.group.members.map(\.jid).filter { !own.includes($0) }, messageRow: messageRowID)
        try database.outbox.saveStanza(BinaryXML.encode(stanza.node), id: outboxID)
    }
}
