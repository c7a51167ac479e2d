package import WAProto

extension WAMessage {
    /// What stands on the stanza of a message with this content. Source: protocol notes on messages, section 4.
    package var stanzaKind: MessageStanzaKind {
        let content = unwrapped
        if content.hasReactionMessage { return MessageStanzaKind(type: "reaction", mediaType: nil) }
        if content.isPoll { return MessageStanzaKind(type: "poll", mediaType: nil) }
        if let mediaType = content.mediaType { return MessageStanzaKind(type: "media", mediaType: mediaType) }
        return .text
    }

    private var isPoll: Bool {
        hasPollCreationMessage || hasPollCreationMessageV2 || hasPollCreationMessageV3 || hasPollCreationMessageV5
    }

    private var mediaType: String? {
        if hasExtendedTextMessage { return extendedTextMessage.matchedText.isEmpty ? nil : "url" }
        if hasImageMessage { return "image" }
        if hasPtvMessage { return "ptv" }
        if hasVideoMessage { return videoMessage.gifPlayback ? "gif" : "video" }
        if hasAudioMessage { return audioMessage.ptt ? "ptt" : "audio" }
        if hasDocumentMessage { return "document" }
        if hasStickerMessage { return "sticker" }
        if hasLocationMessage { return "location" }
        if hasLiveLocationMessage { return "livelocation" }
        if hasContactMessage { return "vcard" }
        return nil
    }
}
