import Model
import Signal
import Store
import WhatsApp

/// The one transaction that encrypts a message of ours for one device alone: it could not read it, or was left out.
/// Its closure may run more than once, so everything random is made inside.
struct Resend: Sendable {
    /// What makes the message readable there.
    enum Content: Sendable {
        case recipient
        case ownDevice(chat: JID)
        case member(of: JID)
    }

    let messageID: String
    let kept: KeptMessage
    let content: Content
    /// As sessions name it: the LID wherever it is known.
    let device: JID
    let destination: Attributes
    let timestamp: String?
    /// nil for a device that did not ask.
    let count: Int?
    let forgetsSession: Bool
    let bundle: PreKeyBundle?
    /// The bundle is the service's, not the device's own.
    let isFetched: Bool
    let account: Account
    let own: OwnAddresses
    let session: Int64
    let now: Timestamp

    /// - Throws: `SignalError` where the device has no usable keys.
    func run(in database: Database) throws -> Node {
        var random = SystemRandomNumberGenerator()
        var store = DatabaseSignalStore(database: database, session: session, account: account)
        let address = SignalAddress(device)
        if forgetsSession { try database.signal.deleteRecord(address: address.description, session: session) }
        if let bundle {
            let change = try SessionCipher.startSession(with: bundle, address: address, in: &store, using: &random)
            // A new phone has other linked devices than the old one.
            if change?.old != nil, device.device == 0 { try database.devices.delete(user: device.bare, session: session) }
        }
        let plaintext = try plaintext(in: &store, using: &random)
        let ciphertext = try SessionCipher.encrypt(MessagePadding.pad(plaintext, using: &random), to: address, in: &store)
        if let count {
            let noted = count == SessionRepair.notedCount ? try store.sessionRecord(for: address)?.baseKey : nil
            try database.retries.serve(
                device: address.description, messageID: messageID, baseKey: noted?.bytes, isRecreated: bundle != nil && isFetched, now: now,
                session: session)
        }
        return ResentMessageStanza(
            id: messageID, destination: destination, timestamp: timestamp, count: count, kind: kept.kind, ciphertext: ciphertext,
            account: account.proof ?? []
        ).node
    }

    private func plaintext(
        in store: inout DatabaseSignalStore, using random: inout some RandomNumberGenerator
    ) throws -> [UInt8] {
        switch content {
        case .recipient: return kept.forRecipient
        case .ownDevice(let chat): return try kept.forOwnDevice(destination: chat)
        case .member(let group):
            // The next message to the group brings the key again: nobody tells that this copy has arrived.
            try store.database.signal.giveKey(
                to: [SignalAddress(device).description], messageID: "", group: group.description, session: session)
            let name = SenderKeyName(group: group.description, sender: SignalAddress(own.lid ?? own.phoneNumber))
            return try kept.forMember(of: group, distribution: GroupCipher.distribution(for: name, in: &store, using: &random))
        }
    }
}
