import Model
import WAProto

extension WAMessage {
    /// Kind and text of what people see, in the words of the API: the text or caption, for locations `lat,long name`, for contacts the
    /// display name, for polls the question, for reactions the emoji. nil where nothing known is inside.
    var shown: (MessageType, String?)? {
        if hasConversation { return (.text, conversation) }
        if hasExtendedTextMessage { return (.text, extendedTextMessage.text) }
        if hasImageMessage { return (.image, Self.text(imageMessage.caption)) }
        if hasVideoMessage { return (.video, Self.text(videoMessage.caption)) }
        if hasPtvMessage { return (.video, Self.text(ptvMessage.caption)) }
        if hasAudioMessage { return (.audio, nil) }
        if hasDocumentMessage {
            return (
                .document, Self.text(documentMessage.caption) ?? Self.text(documentMessage.fileName) ?? Self.text(documentMessage.title)
            )
        }
        if hasStickerMessage { return (.sticker, nil) }
        if hasReactionMessage { return (.reaction, reactionMessage.text) }
        return placed ?? poll
    }

    private var placed: (MessageType, String?)? {
        if hasLocationMessage {
            return (.location, Self.place(locationMessage.degreesLatitude, locationMessage.degreesLongitude, locationMessage.name))
        }
        if hasLiveLocationMessage {
            return (
                .location,
                Self.place(liveLocationMessage.degreesLatitude, liveLocationMessage.degreesLongitude, liveLocationMessage.caption)
            )
        }
        if hasContactMessage { return (.contact, Self.text(contactMessage.displayName)) }
        return nil
    }

    private var poll: (MessageType, String?)? {
        if hasPollCreationMessage { return (.poll, pollCreationMessage.name) }
        if hasPollCreationMessageV2 { return (.poll, pollCreationMessageV2.name) }
        if hasPollCreationMessageV3 { return (.poll, pollCreationMessageV3.name) }
        if hasPollCreationMessageV5 { return (.poll, pollCreationMessageV5.name) }
        if hasPollCreationMessageV6 { return (.poll, pollCreationMessageV6.name) }
        return nil
    }

    /// Where the chat's setting for disappearing messages travels.
    var contextInfo: WAContextInfo? {
        if hasExtendedTextMessage { return extendedTextMessage.contextInfo }
        if hasImageMessage { return imageMessage.contextInfo }
        if hasVideoMessage { return videoMessage.contextInfo }
        if hasAudioMessage { return audioMessage.contextInfo }
        if hasDocumentMessage { return documentMessage.contextInfo }
        if hasLocationMessage { return locationMessage.contextInfo }
        if hasContactMessage { return contactMessage.contextInfo }
        if hasStickerMessage { return stickerMessage.contextInfo }
        return nil
    }

    private static func text(_ value: String) -> String? { value.isEmpty ? nil : value }

    private static func place(_ latitude: Double, _ longitude: Double, _ name: String) -> String {
        let point = "\(latitude),\(longitude)"
        return name.isEmpty ? point : point + " " + name
    }
}
