import Model
import Signal
import Store
import WhatsApp

/// Takes in one message that arrived: decryption, contacts, rows and events, all in the caller's transaction, all or nothing.
///
/// Only after its commit may ack and receipt go out. Source of the steps: protocol notes on messages, section 7.
struct Reception {
    let message: IncomingMessage
    let account: Account
    let own: OwnAddresses
    let session: Int64
    let now: Timestamp
    let database: Database
    /// Where received files are found.
    let links: MediaLinks
    /// Stores an event for the webhooks.
    let enqueue: (Event) throws -> Void

    func run() throws -> ReceptionOutcome {
        let sender = try learnSender()
        if message.parts.isEmpty {
            // View-once and the like: the phone alone has the content.
            if let post = message.plaintext { try insertPost(post) }
            if message.isLeftToPhone { try leaveToPhone() } else if let reason = message.unavailable, try isWanted() { try insertUnavailable(reason) }
            return .acknowledged
        }
        var store = DatabaseSignalStore(database: database, session: session, account: account)
        var news = PeerNews()
        var isOpened = false
        // Pairwise parts come first: they may bring the key of the group part.
        let parts = message.parts.filter { $0.type != .senderKey } + message.parts.filter { $0.type == .senderKey }
        for part in parts where part.version == 2 {
            do {
                guard let content = try open(part, from: sender, in: &store) else { continue }
                isOpened = true
                try take(content, from: sender, in: &store, &news)
            } catch SignalError.duplicateMessage {
                // Handled before; its ack or receipt got lost.
                isOpened = true
            } catch StanzaError.malformedProtobuf {
                return .refused(.malformedProtobuf)
            } catch let error as SignalError {
                return try giveUp(on: part, from: sender, because: error)
            }
        }
        if isOpened { return .accepted(news) }
        // Encrypted in a way that this client does not know: the log shows at least that something came.
        if try isWanted(), !parts.allSatisfy(\.hidesFailure) { try insert(.other, nil) }
        return .acknowledged
    }

    // MARK: Who

    /// Notes names and addresses, and gives the address that the sender's session is kept under: the LID wherever it is known.
    private func learnSender() throws -> JID {
        let sender = message.sender
        guard sender.isPerson, !message.isFromMe else {
            if message.isFromMe, let lid = own.lid { return lid.withDevice(sender.device) }
            return sender
        }
        let pair = ContactAddress(sender.bare, other: message.senderAlternative)
        let before = try pair.phoneNumber.flatMap { try database.contacts.lid(forPhoneNumber: $0, session: session) }
        _ = try database.contacts.resolve(pair, pushName: message.pushName, session: session)
        guard let user = pair.lid ?? before else { return sender }
        let lid = JID(user: user, server: .lid, device: sender.device)
        // No device may have two ratchets: sessions made under the number move once the LID is known, wherever it became known.
        if let number = pair.phoneNumber, case let old = SignalAddress(JID(user: number, server: .phoneNumber, device: sender.device)),
            try before != user || database.signal.record(address: old.description, session: session) != nil
        {
            try database.signal.moveSessions(fromUser: old.name, toUser: SignalAddress(lid).name, session: session)
        }
        return lid
    }

    /// Statuses and channels have a table of their own; their keys are taken in all the same.
    func isWanted() throws -> Bool { message.chat.isPerson || message.chat.isGroup }

    // MARK: Decryption

    /// nil for kinds of encryption that this client does not know.
    private func open(_ part: EncryptedPart, from sender: JID, in store: inout DatabaseSignalStore) throws -> MessageContent? {
        let padded: [UInt8]
        switch part.type {
        case .message, .preKeyMessage:
            var random = SystemRandomNumberGenerator()
            let ciphertext = Ciphertext(type: part.type ?? .message, bytes: part.bytes)
            padded = try SessionCipher.decrypt(ciphertext, from: SignalAddress(sender), in: &store, using: &random).plaintext
        case .senderKey:
            let name = SenderKeyName(group: message.keyScope.description, sender: SignalAddress(sender))
            padded = try GroupCipher.decrypt(Ciphertext(type: .senderKey, bytes: part.bytes), from: name, in: &store)
        case nil: return nil
        }
        return try MessageContent(
            try MessagePadding.unpad(padded), isFromMe: message.isFromMe, isFromOwnPhone: message.isFromMe && message.sender.device == 0)
    }

    /// The sender is asked to encrypt it again, and the log shows that something came.
    private func giveUp(on part: EncryptedPart, from sender: JID, because error: SignalError) throws -> ReceptionOutcome {
        // An earlier copy was read: this is no news, whatever became of its session.
        if try isKnown() { return .accepted(PeerNews()) }
        let count = try database.retries.ask(
            device: SignalAddress(sender).description, messageID: message.id,
            served: min(Int(clamping: part.retryCount), RetryReceipt.maximumCount), now: now, session: session)
        if !part.hidesFailure, !message.isPeer, try isWanted() { try insertPlaceholder() }
        guard count <= RetryReceipt.maximumCount else { return .acknowledged }
        return .unreadable(error.retryReason, count: count, keys: count > 1 ? try freshKeys() : nil)
    }

    /// There is nothing to decrypt: the phone is asked for what it has.
    private func leaveToPhone() throws {
        guard !message.isFromMe, try isWanted(), try !isKnown() else { return }
        _ = try database.retries.ask(
            device: SignalAddress(message.sender).description, messageID: message.id, served: 0, now: now, session: session)
        try insertPlaceholder()
    }

    private func freshKeys() throws -> RetryReceipt.Keys? {
        guard let proof = account.proof, let key = try PreKeyStock(database: database, session: session).single() else { return nil }
        return RetryReceipt.Keys(
            identity: account.identity.publicKey, preKey: key, signedPreKey: account.signedPreKey, deviceIdentity: proof)
    }
}

extension SignalError {
    /// What the sender is told of it.
    var retryReason: RetryReceipt.Reason {
        switch self {
        case .noSession, .noSenderKey, .unknownSenderKey: .noSession
        case .badMAC: .badMAC
        case .tooFarAhead: .futureMessage
        case .unknownPreKey, .unknownSignedPreKey: .invalidKeyID
        case .unsupportedVersion, .invalidMessage, .invalidPadding: .invalidMessage
        case .invalidKey: .invalidKey
        case .badSignature: .invalidSignature
        case .corruptRecord, .chainExhausted: .invalidSession
        case .duplicateMessage, .cryptography: .unknown
        }
    }
}
