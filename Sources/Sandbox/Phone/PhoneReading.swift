import FoundationEssentials
import Model
import Signal
import SwiftProtobuf
import WAProto
import WhatsApp

/// What a phone makes of a message stanza. Source: protocol notes on messages, section 7.
extension Phone {
    enum Reading: Sendable {
        /// Decrypted; nil where there is nothing to show, such as peer messages.
        case read(WAMessage?)
        /// From an own linked device, for no person's eyes.
        case peer(WAMessage)
        /// Seen before: acknowledged, not shown again.
        case duplicate
        /// Another copy may help.
        case retry(Refusal)
        /// The plaintext is not what a phone accepts.
        case nonsense(Refusal)
    }

    /// Decrypts and checks a stanza from `sender`, the JID in its `from`.
    mutating func read(_ stanza: Node, from sender: JID, using rng: inout some RandomNumberGenerator) -> Reading {
        let id = stanza.string("id") ?? ""
        guard let enc = stanza.child("enc"), let type = enc.string("type").flatMap(CiphertextType.init(rawValue:)), let bytes = enc.bytes
        else {
            return .nonsense(.unreadable("\(id): no enc"))
        }
        let padded: [UInt8]
        do {
            let ciphertext = Ciphertext(type: type, bytes: bytes)
            padded = try SessionCipher.decrypt(ciphertext, from: Self.signalAddress(sender), in: &store, using: &rng).plaintext
        } catch SignalError.duplicateMessage {
            return .duplicate
        } catch {
            return .retry(.unreadable("\(id) from \(sender): \(error)"))
        }
        do throws(Refusal) {
            let message = try content(of: padded, stanza: stanza, from: sender)
            if let message, stanza.string("category") == "peer" { return .peer(message) }
            return .read(message)
        } catch {
            return .nonsense(error)
        }
    }

    private func content(of padded: [UInt8], stanza: Node, from sender: JID) throws(Refusal) -> WAMessage? {
        let id = stanza.string("id") ?? ""
        guard let plaintext = try? MessagePadding.unpad(padded) else { throw .unreadable("\(id): the padding is wrong") }
        guard let message = try? WAMessage(serializedBytes: plaintext) else { throw .unreadable("\(id): the plaintext is no Message") }
        if stanza.string("category") == "peer" {
            guard message.hasProtocolMessage else { throw .unreadable("\(id): a peer message without protocol message") }
            return message
        }
        guard let chat = stanza.jid("recipient"), sender.user == lid else {
            guard !message.hasDeviceSentMessage else { throw .unreadable("\(id): a DeviceSentMessage from somebody else") }
            return message
        }
        guard message.hasDeviceSentMessage else { throw .unreadable("\(id): a copy of an own message that is no DeviceSentMessage") }
        guard message.deviceSentMessage.destinationJid == chat.bare.description else {
            throw .unreadable("\(id): DeviceSentMessage goes to \(message.deviceSentMessage.destinationJid), the stanza to \(chat.bare)")
        }
        return message.deviceSentMessage.message
    }

    /// Text and kind of a message, as the screen shows them.
    static func describe(_ outer: WAMessage) -> (text: String?, kind: String) {
        let message = outer.content
        if message.hasConversation { return (message.conversation, "text") }
        if message.hasExtendedTextMessage { return (message.extendedTextMessage.text, "text") }
        if message.hasImageMessage { return (message.imageMessage.caption, "image") }
        if message.hasVideoMessage { return (message.videoMessage.caption, "video") }
        if message.hasDocumentMessage { return (message.documentMessage.caption, "document") }
        if message.hasAudioMessage { return (nil, "audio") }
        if message.hasStickerMessage { return (nil, "sticker") }
        if message.hasLocationMessage { return (message.locationMessage.name, "location") }
        if message.hasContactMessage { return (message.contactMessage.displayName, "contact") }
        if message.hasLiveLocationMessage { return (nil, "live_location") }
        if message.hasContactsArrayMessage { return (message.contactsArrayMessage.displayName, "contacts") }
        if message.hasPollCreationMessage { return (message.pollCreationMessage.name, "poll") }
        if message.hasPollCreationMessageV3 { return (message.pollCreationMessageV3.name, "poll") }
        if message.hasPollUpdateMessage { return (nil, "vote") }
        if message.hasReactionMessage { return (message.reactionMessage.text, "reaction") }
        if message.hasProtocolMessage, message.protocolMessage.type == .messageEdit {
            return (describe(message.protocolMessage.editedMessage).text, "edit")
        }
        if message.hasProtocolMessage { return (nil, message.protocolMessage.hasType && message.protocolMessage.type == .revoke ? "delete" : "protocol") }
        return (nil, "other")
    }
}
