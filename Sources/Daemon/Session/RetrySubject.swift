import Model
import Signal
import Store
import WhatsApp

/// The message that a device asks for again, and how the session with the device stands.
struct RetrySubject: Sendable {
    let message: KeptMessage
    /// The asking device as sessions name it: the LID wherever it is known.
    let device: JID
    let situation: SessionRepair.Situation

    /// Copies of one message for one device, whatever count the device claims. Source: whatsmeow `retry.go`.
    static let maximumCopies = 10

    /// nil where no such message is kept, the device's owner has no part in its chat, or the device asks too often.
    init?(_ request: RetryRequest, account: Account, own: OwnAddresses, in database: Database, session: Int64) throws {
        // One contact stands for both names of a person, so that the chat is found by either.
        guard request.count <= RetryReceipt.maximumCount,
            let chat = try database.contacts.find(ContactAddress(request.chat, other: request.chatAlternative), session: session),
            let copy = try database.messages.retryCopy(messageID: request.messageID, contact: chat.id, session: session)
        else { return nil }
        message = try KeptMessage(copy.plaintext)
        device = try Self.canonical(request, own: own, in: database, session: session)
        guard try Self.isMember(device, asking: request, for: copy, chat, own: own, in: database, session: session) else { return nil }
        situation = try Self.situation(of: device, messageID: request.messageID, account: account, in: database, session: session)
        guard situation.served?.attempts ?? 0 < Self.maximumCopies else { return nil }
    }

    private static func canonical(_ request: RetryRequest, own: OwnAddresses, in database: Database, session: Int64) throws -> JID {
        let sender = request.sender
        if request.isFromMe { return own.lid?.withDevice(sender.device) ?? sender }
        guard !sender.isLID, let lid = try database.contacts.lid(forPhoneNumber: sender.user, session: session) else { return sender }
        return JID(user: lid, server: .lid, device: sender.device)
    }

    private static func isMember(
        _ device: JID, asking request: RetryRequest, for copy: RetryCopy, _ contact: ContactRow, own: OwnAddresses, in database: Database,
        session: Int64
    ) throws -> Bool {
        if own.includes(device) { return true }
        guard request.chat.isPerson else {
            // In a group the message is for those who were members when it was sent, and still are.
            let members = try database.groups.load(request.chat, session: session)?.members ?? []
            guard let member = members.first(where: { $0.isNamed(device) || $0.isNamed(request.sender) }) else { return false }
            let addressees = try database.messages.expectedReceipts(messageRow: copy.messageRowID)
            return addressees.contains(member.jid) || member.alternative.map(addressees.contains) == true
        }
        return device.user == (device.isLID ? contact.lid : contact.phoneNumber)
    }

    private static func situation(
        of device: JID, messageID: String, account: Account, in database: Database, session: Int64
    ) throws -> SessionRepair.Situation {
        let address = SignalAddress(device)
        let store = DatabaseSignalStore(database: database, session: session, account: account)
        let record = try store.sessionRecord(for: address)
        return SessionRepair.Situation(
            hasSession: try SessionCipher.hasSession(for: address, in: store), registrationID: record?.remoteRegistrationID,
            baseKey: record?.baseKey,
            served: try database.retries.served(device: address.description, messageID: messageID, session: session),
            lastRecreated: try database.retries.lastRecreated(device: address.description, session: session))
    }
}
