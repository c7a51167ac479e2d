import FoundationEssentials
import Model
import SwiftProtobuf
import WAProto
import WhatsApp

/// What a phone makes of content that it could decrypt: shown, applied to an earlier message, or refused because the official app could
/// make nothing of it. Source: protocol notes on messages, sections 4, 6 and 7.
extension Phone {
    /// Who is in a chat, for addresses inside of messages.
    struct ChatPeople {
        /// Number or group.
        let chat: String
        /// The number behind an address, LID or phone number, of somebody in the chat.
        let number: (JID) -> String?
        /// May the number take back messages of others?
        let isAdmin: (String) -> Bool
        /// Both names of a number.
        let names: (String) -> [JID]
    }

    /// - Returns: false where the content changed an earlier message and is none of its own.
    mutating func take(_ message: WAMessage, _ shown: inout PhoneMessage, stanza: Node, people: ChatPeople) throws(Refusal) {
        let content = message.content
        let kind = message.stanzaKind
        // What this simulation does not know, the official app shows as something that wants an update.
        if shown.kind != "other" { try check(kind, stanza, shown.id) }
        var details = PhoneDetails()
        if message.hasViewOnceMessageV2 { details.isViewOnce = true }
        try describe(content, &details, shown.id, people)
        if content.hasProtocolMessage || content.hasReactionMessage || content.hasPollUpdateMessage {
            try change(content, by: shown.from, &details, shown.id, people)
        }
        if details != PhoneDetails() { shown.details = details }
        let secret = message.messageContextInfo.messageSecret
        if !secret.isEmpty {
            guard secret.count == 32 else { throw .unreadable("\(shown.id): a message secret of \(secret.count) bytes") }
            keep(secret: Array(secret), of: shown.id)
        }
    }

    private func check(_ kind: MessageStanzaKind, _ stanza: Node, _ id: String) throws(Refusal) {
        let type = stanza.string("type")
        let mediaType = stanza.children("enc").compactMap { $0.string("mediatype") }.first
        // whatsmeow announces places and events as text; the service takes that.
        let isLenient = type == "text" && (kind.type == "event" || ["location", "livelocation", "url", "sticker_pack"].contains(kind.mediaType))
        guard type == kind.type || isLenient else { throw .unreadable("\(id): type \(type ?? "none") for what is \(kind.type)") }
        if type == "media", mediaType != kind.mediaType {
            throw .unreadable("\(id): mediatype \(mediaType ?? "none") for what is \(kind.mediaType ?? "none")")
        }
        guard stanza.string("edit") == kind.edit else {
            throw .unreadable("\(id): edit=\(stanza.string("edit") ?? "none") for what needs \(kind.edit ?? "none")")
        }
    }

    private func describe(_ content: WAMessage, _ details: inout PhoneDetails, _ id: String, _ people: ChatPeople) throws(Refusal) {
        if content.hasLocationMessage {
            let place = content.locationMessage
            guard abs(place.degreesLatitude) <= 90, abs(place.degreesLongitude) <= 180 else { throw .unreadable("\(id): a place off the earth") }
            (details.latitude, details.longitude) = (place.degreesLatitude, place.degreesLongitude)
            details.address = place.address.isEmpty ? nil : place.address
        }
        let cards = content.hasContactMessage ? [content.contactMessage] : content.contactsArrayMessage.contacts
        if !cards.isEmpty {
            for card in cards { try check(card, id) }
            details.vcards = cards.map(\.vcard)
        }
        if content.hasPollCreationMessage || content.hasPollCreationMessageV3 {
            let poll = content.hasPollCreationMessage ? content.pollCreationMessage : content.pollCreationMessageV3
            details.options = poll.options.map(\.optionName)
        }
        if content.hasExtendedTextMessage, !content.extendedTextMessage.matchedText.isEmpty {
            guard content.extendedTextMessage.text.contains(content.extendedTextMessage.matchedText) else {
                throw .unreadable("\(id): the preview's link does not stand in the text")
            }
            details.title = content.extendedTextMessage.title
        }
        guard let context = content.context else { return }
        if context.expiration > 0 { details.expiration = context.expiration }
        if !context.stanzaID.isEmpty { try quote(context, &details, id, people) }
        guard !context.mentionedJid.isEmpty else { return }
        let text = content.hasExtendedTextMessage ? content.extendedTextMessage.text : nil
        var numbers: [String] = []
        for name in context.mentionedJid {
            guard let jid = JID(parsing: name), jid.device == 0, jid.isPerson else { throw .unreadable("\(id): \(name) is nobody who can be named") }
            if let text, !text.contains("@\(jid.user)") { throw .unreadable("\(id): \(jid) is named, but the text has no @\(jid.user)") }
            numbers.append(people.number(jid) ?? jid.description)
        }
        details.mentions = numbers
    }

    private func quote(_ context: WAContextInfo, _ details: inout PhoneDetails, _ id: String, _ people: ChatPeople) throws(Refusal) {
        guard context.hasQuotedMessage else { throw .unreadable("\(id): an answer without the message that it answers") }
        guard let jid = JID(parsing: context.participant), jid.device == 0, let author = people.number(jid) else {
            throw .unreadable("\(id): the author of the answered message, \(context.participant), is not in this chat")
        }
        guard context.quotedMessage.context?.hasQuotedMessage != true else { throw .unreadable("\(id): an answer inside of an answer") }
        if let target = messages.named(context.stanzaID).last(where: { $0.chat == people.chat }), target.from != author {
            throw .unreadable("\(id): \(context.stanzaID) is not by \(author)")
        }
        details.quote = context.stanzaID
        details.quotedText = Self.describe(context.quotedMessage).text
        details.quotedFrom = author
    }

    /// What the official app's reader of cards needs.
    private func check(_ card: WAContactMessage, _ id: String) throws(Refusal) {
        let lines = card.vcard.split(whereSeparator: \.isNewline)
        guard !card.displayName.isEmpty, lines.first == "BEGIN:VCARD", lines.last == "END:VCARD", lines.contains("VERSION:3.0"),
            lines.contains(where: { $0.hasPrefix("FN:") }), lines.contains(where: { $0.contains("TEL") })
        else { throw .unreadable("\(id): a contact card that is none") }
    }

    // MARK: Earlier messages

    private mutating func change(
        _ content: WAMessage, by sender: String, _ details: inout PhoneDetails, _ id: String, _ people: ChatPeople
    ) throws(Refusal) {
        if content.hasProtocolMessage, content.protocolMessage.type == .ephemeralSetting, content.protocolMessage.hasType {
            keep(expiration: content.protocolMessage.ephemeralExpiration, of: people.chat)
            return
        }
        let key =
            content.hasReactionMessage
            ? content.reactionMessage.key
            : content.hasPollUpdateMessage ? content.pollUpdateMessage.pollCreationMessageKey : content.protocolMessage.key
        guard let target = messages.named(key.id).last(where: { $0.chat == people.chat }) else {
            throw .unreadable("\(id): about \(key.id), which this phone does not have")
        }
        details.about = key.id
        // A key speaks from its sender's side.
        guard key.fromMe == (target.from == sender) else { throw .unreadable("\(id): fromMe is wrong in the key of \(key.id)") }
        if !key.fromMe, people.chat.hasSuffix("@g.us") {
            guard let author = JID(parsing: key.participant).flatMap(people.number), author == target.from else {
                throw .unreadable("\(id): \(key.participant) did not write \(key.id)")
            }
        }
        var change = target.details ?? PhoneDetails()
        if content.hasReactionMessage {
            change.reactions = change.reactions ?? [:]
            change.reactions?[sender] = content.reactionMessage.text.isEmpty ? nil : content.reactionMessage.text
        } else if content.hasPollUpdateMessage {
            change.votes = change.votes ?? [:]
            change.votes?[sender] = try vote(content.pollUpdateMessage, by: sender, on: target, id, people)
        } else if content.protocolMessage.type == .revoke {
            guard target.from == sender || people.isAdmin(sender) else { throw .unreadable("\(id): \(sender) may not take \(key.id) back") }
            change.isDeleted = true
        } else if content.protocolMessage.type == .messageEdit {
            guard target.from == sender else { throw .unreadable("\(id): \(sender) edits what somebody else wrote") }
            change.isEdited = true
        }
        let edited = content.protocolMessage.type == .messageEdit ? Self.describe(content.protocolMessage.editedMessage).text : nil
        update([target.id], where: { $0.chat == target.chat && $0.from == target.from }) { message in
            message.details = change
            if let edited { message.text = edited }
        }
    }

    private func vote(
        _ update: WAPollUpdateMessage, by sender: String, on poll: PhoneMessage, _ id: String, _ people: ChatPeople
    ) throws(Refusal) -> [String] {
        var message = WAMessage()
        message.pollUpdateMessage = update
        guard let secret = secret(of: poll.id), case .sealed(let sealed)? = message.change,
            let plaintext = MessageSecret.open(
                sealed, secret: secret, senders: people.names(poll.from), changers: people.names(sender)),
            case .vote(let hashes)? = OpenedChange(plaintext, of: sealed)
        else { throw .unreadable("\(id): a vote on \(poll.id) that can not be decrypted") }
        let names = OpenedChange.names(of: hashes, among: poll.details?.options ?? [])
        guard names.count == hashes.count else { throw .unreadable("\(id): a vote for what the poll does not offer") }
        return names
    }
}

extension WAMessage {
    /// Without the wrappers that phones put around messages.
    var content: WAMessage {
        var message = self
        for _ in 0..<4 {
            if message.hasEphemeralMessage { message = message.ephemeralMessage.message } else if message.hasViewOnceMessageV2 {
                message = message.viewOnceMessageV2.message
            } else if message.hasEditedMessage { message = message.editedMessage.message } else { break }
        }
        return message
    }

    var context: WAContextInfo? {
        if hasExtendedTextMessage, extendedTextMessage.hasContextInfo { return extendedTextMessage.contextInfo }
        if hasLocationMessage, locationMessage.hasContextInfo { return locationMessage.contextInfo }
        if hasContactMessage, contactMessage.hasContextInfo { return contactMessage.contextInfo }
        if hasImageMessage, imageMessage.hasContextInfo { return imageMessage.contextInfo }
        if hasVideoMessage, videoMessage.hasContextInfo { return videoMessage.contextInfo }
        if hasAudioMessage, audioMessage.hasContextInfo { return audioMessage.contextInfo }
        if hasDocumentMessage, documentMessage.hasContextInfo { return documentMessage.contextInfo }
        return nil
    }
}
