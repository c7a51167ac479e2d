package import Model
package import WAProto

/// What stands around the content of a message of ours: what it answers, whom it names, how long it stays.
///
/// Addresses are those of the chat: LIDs where the chat is addressed by LID. Source: protocol notes on messages, section 4.
package struct MessageContext: Sendable {
    /// A message that is answered.
    package struct Quote: Sendable {
        package let messageID: String
        /// Who wrote it, bare.
        package let sender: JID
        package let message: WAMessage

        package init(messageID: String, sender: JID, message: WAMessage) {
            self.messageID = messageID
            self.sender = sender.bare
            self.message = message
        }
    }

    package var quote: Quote?
    package var mentions: [Mention] = []
    /// The chat's setting for disappearing messages; 0 is none.
    package var expirationSeconds: UInt32 = 0
    /// When the setting was made, seconds since 1970.
    package var expirationSetAt: Int64?

    package init() {}

    /// A person who is named in a text.
    package struct Mention: Sendable {
        /// As the sender wrote the person, without `@`: digits.
        package let written: String
        /// In the chat's addressing, bare.
        package let jid: JID

        package init(written: String, jid: JID) {
            self.written = written
            self.jid = jid.bare
        }
    }
}

extension MessageContext {
    var info: WAContextInfo? {
        guard quote != nil || !mentions.isEmpty || expirationSeconds > 0 else { return nil }
        var info = WAContextInfo()
        if let quote {
            info.stanzaID = quote.messageID
            info.participant = quote.sender.description
            info.quotedMessage = quote.message.withoutContext
        }
        info.mentionedJid = mentions.map(\.jid.description)
        if expirationSeconds > 0 {
            info.expiration = expirationSeconds
            if let expirationSetAt { info.ephemeralSettingTimestamp = expirationSetAt }
        }
        return info
    }

    /// Phones mark a name in the text only where it is written as it is addressed.
    func addressed(_ text: String) -> String {
        mentions.reduce(text) { text, mention in
            mention.written == mention.jid.user ? text : text.replacingMention(of: mention.written, by: mention.jid.user)
        }
    }
}

extension String {
    /// Every `@name` that is not the beginning of a longer number.
    fileprivate func replacingMention(of name: String, by other: String) -> String {
        let source = Array(utf8)
        let wanted = [UInt8(ascii: "@")] + Array(name.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(source.count)
        var position = 0
        while position < source.count {
            let end = position + wanted.count
            if end <= source.count, source[position..<end].elementsEqual(wanted), end == source.count || !(0x30...0x39).contains(source[end]) {
                result.append(UInt8(ascii: "@"))
                result.append(contentsOf: other.utf8)
                position = end
            } else {
                result.append(source[position])
                position += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension WAMessage {
    /// The message as it stands inside of an answer: what it answered itself, and its secret, are nobody's business there.
    var withoutContext: WAMessage {
        var message = unwrapped
        message.clearMessageContextInfo()
        message.clearSenderKeyDistributionMessage()
        message.setContextInfo(nil)
        return message
    }

    /// Puts the context where the content of this message carries it; a plain text that needs one becomes an extended text.
    package mutating func apply(_ context: MessageContext) {
        if hasConversation {
            let text = context.addressed(conversation)
            guard context.info != nil else { return conversation = text }
            clearConversation()
            extendedTextMessage.text = text
        } else if hasExtendedTextMessage { extendedTextMessage.text = context.addressed(extendedTextMessage.text) }
        addressCaptions(context)
        if let info = context.info { setContextInfo(info) }
    }

    private mutating func addressCaptions(_ context: MessageContext) {
        if hasImageMessage, imageMessage.hasCaption { imageMessage.caption = context.addressed(imageMessage.caption) }
        if hasVideoMessage, videoMessage.hasCaption { videoMessage.caption = context.addressed(videoMessage.caption) }
        if hasDocumentMessage, documentMessage.hasCaption { documentMessage.caption = context.addressed(documentMessage.caption) }
        if hasDocumentWithCaptionMessage { documentWithCaptionMessage.message.addressCaptions(context) }
    }

    private mutating func setContextInfo(_ info: WAContextInfo?) {
        if hasExtendedTextMessage { if let info { extendedTextMessage.contextInfo = info } else { extendedTextMessage.clearContextInfo() } }
        if hasImageMessage { if let info { imageMessage.contextInfo = info } else { imageMessage.clearContextInfo() } }
        if hasVideoMessage { if let info { videoMessage.contextInfo = info } else { videoMessage.clearContextInfo() } }
        if hasPtvMessage { if let info { ptvMessage.contextInfo = info } else { ptvMessage.clearContextInfo() } }
        if hasAudioMessage { if let info { audioMessage.contextInfo = info } else { audioMessage.clearContextInfo() } }
        if hasDocumentMessage { if let info { documentMessage.contextInfo = info } else { documentMessage.clearContextInfo() } }
        if hasDocumentWithCaptionMessage { documentWithCaptionMessage.message.setContextInfo(info) }
        if hasStickerMessage { if let info { stickerMessage.contextInfo = info } else { stickerMessage.clearContextInfo() } }
        if hasLocationMessage { if let info { locationMessage.contextInfo = info } else { locationMessage.clearContextInfo() } }
        if hasLiveLocationMessage { if let info { liveLocationMessage.contextInfo = info } else { liveLocationMessage.clearContextInfo() } }
        if hasContactMessage { if let info { contactMessage.contextInfo = info } else { contactMessage.clearContextInfo() } }
        if hasContactsArrayMessage { if let info { contactsArrayMessage.contextInfo = info } else { contactsArrayMessage.clearContextInfo() } }
    }
}
