import Model
import Signal
import Store
import WhatsApp

/// Messages to the own phone, for no person's eyes.
extension Session {
    /// The ratchet's step is committed before the bytes leave.
    func tellPhone(_ plaintext: [UInt8], isUrgent: Bool = false) async throws {
        guard let account, let own = account.own, let current = link?.generation else { throw LinkError.closed }
        let phone = (own.lid ?? own.phoneNumber).bare
        let bundle = try await missingBundles(of: [phone])[phone]
        let now = environment.now()
        let stanza = try await commitStep { [id] database in
            var random = SystemRandomNumberGenerator()
            var store = DatabaseSignalStore(database: database, session: id, account: account)
            let address = SignalAddress(phone)
            if let bundle { try SessionCipher.startSession(with: bundle, address: address, in: &store, using: &random) }
            let ciphertext = try SessionCipher.encrypt(MessagePadding.pad(plaintext, using: &random), to: address, in: &store)
            let messageID = MessageID.make(
                unixSeconds: now.seconds, user: own.phoneNumber.user,
                random: (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
            return PeerMessageStanza(
                id: messageID, to: own.phoneNumber, ciphertext: ciphertext, account: account.proof ?? [], isUrgent: isUrgent)
        }
        guard link?.generation == current else { throw LinkError.closed }
        send(stanza.node)
    }
}
