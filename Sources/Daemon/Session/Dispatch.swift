import CryptoPrimitives
import Model
import Signal
import Store
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
    let bundles: [JID: PreKeyBundle]
    let account: Account
    let own: OwnAddresses
    let session: Int64

    /// The stanza, and how many devices have no session and were left out.
    func run(in database: Database) throws -> (node: Node, skipped: Int) {
        var random = SystemRandomNumberGenerator()
        let plaintexts = try plaintexts(using: &random, in: database)
        var store = DatabaseSignalStore(database: database, session: session, account: account)
        var copies: [OutgoingMessageStanza.Copy] = []
        for device in devices {
            let address = SignalAddress(device)
            do {
                if let bundle = bundles[device] {
                    try SessionCipher.startSession(with: bundle, address: address, in: &store, using: &random)
                }
                let plaintext = own.includes(device) ? plaintexts.forOwnDevices : plaintexts.forRecipient
                let ciphertext = try SessionCipher.encrypt(MessagePadding.pad(plaintext, using: &random), to: address, in: &store)
                copies.append(.init(device: device, ciphertext: ciphertext))
            } catch is SignalError {
                // A device without usable keys is left out; it asks again when it comes back.
                continue
            }
        }
        let isToSelf = own.includes(target.address)
        guard copies.contains(where: { isToSelf || !own.includes($0.device) }) else { throw SendFailure.noDevices }
        let stanza = OutgoingMessageStanza(
            id: messageID, to: target.address, phoneNumber: target.phoneNumber, kind: message.stanzaKind, copies: copies, account: account.proof ?? [])
        try database.messages.saveRetryCopy(
            plaintexts.forRecipient, secret: plaintexts.secret, messageID: messageID, id: messageRowID, session: session)
        try database.outbox.saveStanza(BinaryXML.encode(stanza.node), id: outboxID)
        return (stanza.node, devices.count - copies.count)
    }

    private func plaintexts(using random: inout some RandomNumberGenerator, in database: Database) throws -> MessagePlaintexts {
        let secret = Random.bytes(32, using: &random)
        switch message.content {
        case .text(let text): return try .text(text, destination: target.address, secret: secret)
        case .media:
            guard let content = try database.media.outgoing(message: messageRowID, session: session)?.content else { throw SendFailure.fileLost }
            return try MessagePlaintexts(content: content, destination: target.address, secret: secret)
        }
    }

}

extension OutgoingMessage {
    /// How the message is announced to the service.
    var stanzaKind: MessageStanzaKind {
        switch content {
        case .text: .text
        case .media(let media): .media(media.isVoiceNote ? "ptt" : media.kind.rawValue)
        }
    }
}

extension SendFailure {
    /// The row of the file was emptied meanwhile.
    static let fileLost = SendFailure.media("media_missing", "The file of this message is not there any more")
}
