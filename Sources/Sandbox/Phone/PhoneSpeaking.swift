import CryptoPrimitives
import FoundationEssentials
import Model
import SwiftProtobuf
import WAProto
import WhatsApp

/// Turns what a phone's owner says into messages, as the official app writes them. Source: protocol notes on messages, section 4.
extension Phone {
    /// - Parameters:
    ///   - chat: number or group, as the screen names it.
    ///   - address: of the chat on the wire.
    ///   - lid: of a number.
    mutating func message(
        _ words: PhoneWords, chat: String, address: JID, lid lidOf: (String) -> JID?, now: Timestamp, using rng: inout Randomness
    ) throws(ControlError) -> WAMessage {
        if let seconds = words.disappearing {
            keep(expiration: seconds, of: chat)
            var message = WAMessage()
            message.protocolMessage.type = .ephemeralSetting
            message.protocolMessage.ephemeralExpiration = seconds
            message.protocolMessage.ephemeralSettingTimestamp = now.seconds
            return message
        }
        guard var message = try words.content() else { return try change(words, chat, address, lidOf, now, using: &rng) }
        var context = MessageContext()
        context.expirationSeconds = expiration(of: chat)
        for number in words.mentions ?? [] {
            guard let jid = lidOf(number) else { throw .notFound("no phone \(number) to be named") }
            context.mentions.append(MessageContext.Mention(written: number, jid: jid))
        }
        if let id = words.quote {
            guard let quoted = messages.named(id).last(where: { $0.chat == chat }), let author = lidOf(quoted.from) else {
                throw .notFound("no message \(id) in \(chat)")
            }
            context.quote = MessageContext.Quote(messageID: id, sender: author, message: .text(quoted.text ?? ""))
        }
        message.apply(context)
        if words.forwarded == true, message.hasConversation {
            let text = message.conversation
            message = WAMessage()
            message.extendedTextMessage.text = text
            message.extendedTextMessage.contextInfo.isForwarded = true
            message.extendedTextMessage.contextInfo.forwardingScore = 1
        }
        if words.viewOnce == true {
            var outer = WAMessage()
            outer.viewOnceMessageV2.message = message
            message = outer
        } else if context.expirationSeconds > 0 {
            var outer = WAMessage()
            outer.ephemeralMessage.message = message
            message = outer
        }
        message.messageContextInfo.messageSecret = Data(Random.bytes(32, using: &rng))
        return message
    }

    private func change(
        _ words: PhoneWords, _ chat: String, _ address: JID, _ lidOf: (String) -> JID?, _ now: Timestamp, using rng: inout Randomness
    ) throws(ControlError) -> WAMessage {
        if let vote = words.vote { return try self.vote(vote, chat, address, lidOf, now, using: &rng) }
        let change: MessageChange
        let id: String
        if let reaction = words.reaction {
            (change, id) = (.reaction(reaction.emoji), reaction.id)
        } else if let edit = words.edit {
            (change, id) = (.edit(edit.text), edit.id)
        } else if let delete = words.delete {
            (change, id) = (.deletion, delete)
        } else {
            throw .badRequest("nothing to send")
        }
        return .change(change, of: try target(id, chat, address, lidOf), at: now)
    }

    private func target(_ id: String, _ chat: String, _ address: JID, _ lidOf: (String) -> JID?) throws(ControlError) -> MessageTarget {
        guard let shown = messages.named(id).last(where: { $0.chat == chat }) else { throw .notFound("no message \(id) in \(chat)") }
        return MessageTarget(chat: address, messageID: id, sender: shown.fromMe ? nil : lidOf(shown.from))
    }

    /// Votes are encrypted with the secret of the poll.
    private func vote(
        _ vote: PhoneWords.Vote, _ chat: String, _ address: JID, _ lidOf: (String) -> JID?, _ now: Timestamp, using rng: inout Randomness
    ) throws(ControlError) -> WAMessage {
        guard let poll = messages.named(vote.id).last(where: { $0.chat == chat }), let secret = secret(of: vote.id),
            let author = lidOf(poll.from)
        else { throw .notFound("no poll \(vote.id) in \(chat)") }
        var content = WAPollVoteMessage()
        content.selectedOptions = vote.options.map { Data(SHA256.hash(Array($0.utf8))) }
        let iv = Random.bytes(12, using: &rng)
        guard let plaintext: [UInt8] = try? content.serializedBytes(),
            let sealed = try? MessageSecret.seal(
                plaintext, use: .pollVote, messageID: vote.id, secret: secret, sender: author, changer: JID(user: lid, server: .lid), iv: iv)
        else { throw .conflict("the vote can not be encrypted") }
        var message = WAMessage()
        var key = WAMessageKey()
        key.remoteJid = address.description
        key.id = vote.id
        key.fromMe = poll.fromMe
        if address.isGroup, !poll.fromMe { key.participant = author.description }
        message.pollUpdateMessage.pollCreationMessageKey = key
        message.pollUpdateMessage.vote.encPayload = Data(sealed)
        message.pollUpdateMessage.vote.encIv = Data(iv)
        message.pollUpdateMessage.senderTimestampMs = now.milliseconds
        return message
    }
}

extension Node {
    /// The stanza as one of its addressees gets it, for the attributes of its `enc`.
    var withFirstCopy: Node {
        guard let enc = child("participants")?.children.first?.child("enc") else { return self }
        var stanza = self
        stanza.content = .nodes([enc])
        return stanza
    }

    /// What stands on the stanza and its `enc` because of the content.
    mutating func announce(_ kind: MessageStanzaKind) {
        self["type"] = .text(kind.type)
        self["edit"] = kind.edit.map { .text($0) }
    }

    mutating func announceContent(_ kind: MessageStanzaKind) {
        self["mediatype"] = kind.mediaType.map { .text($0) }
        if kind.hidesFailure { self["decrypt-fail"] = "hide" }
    }
}

extension WAMessage {
    /// The `<meta>` of a stanza with this content.
    func meta(_ kind: MessageStanzaKind) -> Node? {
        if hasViewOnceMessageV2 { return Node("meta", ["view_once": "true"]) }
        return kind.meta.isEmpty ? nil : Node("meta", kind.meta)
    }
}
