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
        if hasStickerPackMessage { return (.sticker, Self.text(stickerPackMessage.name)) }
        return placed ?? people ?? poll ?? gathered
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
        return nil
    }

    private var people: (MessageType, String?)? {
        if hasContactMessage { return (.contact, Self.text(contactMessage.displayName)) }
        guard hasContactsArrayMessage else { return nil }
        let names = contactsArrayMessage.contacts.prefix(20).map(\.displayName).filter { !$0.isEmpty }
        return (.contact, Self.text(names.isEmpty ? contactsArrayMessage.displayName : names.joined(separator: ", ")))
    }

    private var gathered: (MessageType, String?)? {
        if hasCommentMessage { return commentMessage.message.unwrappedOnce.shown }
        if hasGroupInviteMessage { return (.other, Self.text(groupInviteMessage.caption) ?? Self.text(groupInviteMessage.groupName)) }
        if hasEventMessage { return (.other, Self.text(eventMessage.name)) }
        if hasPinInChatMessage { return (.other, nil) }
        return nil
    }

    /// Without comments on comments, which would have no end.
    private var unwrappedOnce: WAMessage {
        var message = unwrapped
        message.clearCommentMessage()
        return message
    }

    private var poll: (MessageType, String?)? {
        pollCreation.map { (.poll, $0.name) }
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
        if hasPtvMessage { return ptvMessage.contextInfo }
        if hasLiveLocationMessage { return liveLocationMessage.contextInfo }
        if hasContactsArrayMessage { return contactsArrayMessage.contextInfo }
        if hasGroupInviteMessage { return groupInviteMessage.contextInfo }
        if hasEventMessage { return eventMessage.contextInfo }
        if let poll = pollCreation { return poll.contextInfo }
        return nil
    }

    private static func text(_ value: String) -> String? { value.isEmpty ? nil : value }

    private static func place(_ latitude: Double, _ longitude: Double, _ name: String) -> String {
        let point = "\(latitude),\(longitude)"
        return name.isEmpty ? point : point + " " + name
    }
}
