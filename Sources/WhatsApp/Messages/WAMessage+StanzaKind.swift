package import WAProto

extension WAMessage {
    /// What stands on the stanza of a message with this content. Source: protocol notes on messages, section 4; whatsmeow `send.go`.
    package var stanzaKind: MessageStanzaKind {
        let content = unwrapped
        var kind = content.contentKind
        kind.edit = content.editAttribute
        kind.hidesFailure = content.hidesFailure
        return kind
    }

    private var contentKind: MessageStanzaKind {
        if hasReactionMessage || hasEncReactionMessage { return MessageStanzaKind(type: "reaction") }
        if isPoll { return MessageStanzaKind(type: "poll", meta: ["polltype": "creation"]) }
        if hasPollUpdateMessage { return MessageStanzaKind(type: "poll", meta: ["polltype": "vote"]) }
        if hasEventMessage { return MessageStanzaKind(type: "event", meta: ["event_type": "creation"]) }
        if hasEncEventResponseMessage { return MessageStanzaKind(type: "event", meta: ["event_type": "response"]) }
        if let mediaType { return MessageStanzaKind(type: "media", mediaType: mediaType) }
        return .text
    }

    private var isPoll: Bool {
        hasPollCreationMessage || hasPollCreationMessageV2 || hasPollCreationMessageV3 || hasPollCreationMessageV5
            || hasPollCreationMessageV6
    }

    private var mediaType: String? {
        if hasExtendedTextMessage { return extendedTextMessage.matchedText.isEmpty ? nil : "url" }
        if hasImageMessage { return "image" }
        if hasPtvMessage { return "ptv" }
        if hasVideoMessage { return videoMessage.gifPlayback ? "gif" : "video" }
        if hasAudioMessage { return audioMessage.ptt ? "ptt" : "audio" }
        if hasDocumentMessage { return "document" }
        if hasStickerMessage { return "sticker" }
        if hasStickerPackMessage { return "sticker_pack" }
        if hasLocationMessage { return "location" }
        if hasLiveLocationMessage { return "livelocation" }
        if hasContactMessage { return "vcard" }
        if hasContactsArrayMessage { return "contact_array" }
        if hasGroupInviteMessage { return "url" }
        return nil
    }

    private var editAttribute: String? {
        if hasReactionMessage { return reactionMessage.text.isEmpty ? "7" : nil }
        if hasPinInChatMessage { return "2" }
        guard hasProtocolMessage, protocolMessage.hasType else { return nil }
        switch protocolMessage.type {
        case .messageEdit: return "1"
        case .revoke: return protocolMessage.key.fromMe ? "7" : "8"
        default: return nil
        }
    }

    /// Devices that cannot read such a message are to show nothing. Not for what takes a message back: the service drops that then.
    private var hidesFailure: Bool {
        hasReactionMessage || hasEncReactionMessage || hasPollUpdateMessage || hasEncEventResponseMessage || hasPinInChatMessage
            || hasKeepInChatMessage || (hasProtocolMessage && protocolMessage.type == .messageEdit && protocolMessage.hasEditedMessage)
    }
}
