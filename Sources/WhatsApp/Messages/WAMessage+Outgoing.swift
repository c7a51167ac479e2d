// SwiftProtobuf speaks of bytes as Data; nothing else of Foundation is used.
import struct FoundationEssentials.Data
package import Model
package import WAProto

extension WAMessage {
    package static func text(_ text: String) -> WAMessage {
        var message = WAMessage()
        message.conversation = text
        return message
    }

    /// A text with what the page of its link says of itself. Source: whatsmeow and Baileys (`generateWAMessageContent`).
    package static func text(_ text: String, preview: LinkPreview?) -> WAMessage {
        guard let preview else { return .text(text) }
        var message = WAMessage()
        message.extendedTextMessage.text = text
        message.extendedTextMessage.matchedText = preview.link
        message.extendedTextMessage.title = preview.title
        if let description = preview.description { message.extendedTextMessage.description_p = description }
        if let thumbnail = preview.thumbnail { message.extendedTextMessage.jpegThumbnail = Data(thumbnail) }
        message.extendedTextMessage.previewType = .none
        return message
    }

    package static func location(_ place: Place) -> WAMessage {
        var message = WAMessage()
        message.locationMessage.degreesLatitude = place.latitude
        message.locationMessage.degreesLongitude = place.longitude
        if let name = place.name { message.locationMessage.name = name }
        if let address = place.address { message.locationMessage.address = address }
        return message
    }

    package static func contact(_ card: ContactCard) -> WAMessage {
        var message = WAMessage()
        message.contactMessage.displayName = card.name
        message.contactMessage.vcard = VCard.text(card)
        return message
    }

    /// What is left of a message in the log, as an answer to it shows it.
    package static func shown(_ type: MessageType, _ content: String?, details: [JSONMember]) -> WAMessage {
        var message = WAMessage()
        let text = content ?? ""
        switch type {
        case .image: message.imageMessage.caption = text
        case .video: message.videoMessage.caption = text
        case .audio: message.audioMessage = WAAudioMessage()
        case .sticker: message.stickerMessage = WAStickerMessage()
        case .document: message.documentMessage.fileName = text
        case .contact: message.contactMessage.displayName = text
        case .location: message.locationMessage = place(details)
        case .poll: message.pollCreationMessage.name = text
        case .text, .reaction, .other: message.conversation = text
        }
        return message
    }

    private static func place(_ details: [JSONMember]) -> WALocationMessage {
        var message = WALocationMessage()
        guard case .object(let members)? = details.first(where: { $0.key == "location" })?.value else { return message }
        for member in members {
            switch (member.key, member.value) {
            case ("latitude", .double(let value)): message.degreesLatitude = value
            case ("latitude", .integer(let value)): message.degreesLatitude = Double(value)
            case ("longitude", .double(let value)): message.degreesLongitude = value
            case ("longitude", .integer(let value)): message.degreesLongitude = Double(value)
            case ("name", .string(let value)): message.name = value
            case ("address", .string(let value)): message.address = value
            default: continue
            }
        }
        return message
    }

    /// - Parameters:
    ///   - target: the message that is changed.
    ///   - now: what the change is ordered by.
    package static func change(_ change: MessageChange, of target: MessageTarget, at now: Timestamp) -> WAMessage {
        var message = WAMessage()
        switch change {
        case .reaction(let emoji):
            message.reactionMessage.key = target.key
            message.reactionMessage.text = emoji
            message.reactionMessage.senderTimestampMs = now.milliseconds
        case .edit(let text):
            var order = WAProtocolMessage()
            order.key = target.key
            order.type = .messageEdit
            order.editedMessage = .text(text)
            order.timestampMs = now.milliseconds
            message.editedMessage.message.protocolMessage = order
        case .deletion:
            message.protocolMessage.key = target.key
            message.protocolMessage.type = .revoke
        }
        return message
    }
}

/// A message that another one is about, as its key names it. Source: whatsmeow `send.go`, BuildMessageKey.
package struct MessageTarget: Sendable {
    package let chat: JID
    package let messageID: String
    /// Who wrote it, bare and in the chat's addressing; nil for our own.
    package let sender: JID?

    package init(chat: JID, messageID: String, sender: JID?) {
        self.chat = chat.bare
        self.messageID = messageID
        self.sender = sender?.bare
    }

    var key: WAMessageKey {
        var key = WAMessageKey()
        key.remoteJid = chat.description
        key.fromMe = sender == nil
        key.id = messageID
        if let sender, !chat.isPerson { key.participant = sender.description }
        return key
    }
}
