/// A message that somebody wants sent, checked: the same checks hold for API, bulk, schedule and rows inserted by SQL.
package struct OutgoingMessage: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        /// 1 to ``Limits/textCharacters`` Unicode scalars, not blank.
        case text(String)
        case media(OutgoingMedia)
        case location(Place)
        case contact(ContactCard)
        /// Done to the message with this WhatsApp id, which stands in the log of the same chat.
        case change(MessageChange, of: String)
    }
    package let recipient: JID
    package let content: Content
    package let references: MessageReferences
    /// What the daemon has found behind the text's link; never among the fields.
    package var preview: LinkPreview?

    package init(to recipient: JID, _ content: Content, references: MessageReferences = .none) {
        self.recipient = recipient
        self.content = content
        self.references = references
    }

    /// Reads and checks the fields of a message.
    /// - Parameters:
    ///   - kind: what is to be sent; only kinds that this version can send.
    ///   - fields: named as in the API reference; for a row of `wa_outbox` the members of its `payload`.
    ///   - to: the recipient where it does not stand among the fields (`wa_outbox.to_jid`).
    ///   - defaultCountry: the setting `numbers.default_country`.
    package init(
        _ kind: MessageType, fields: Fields, to: String? = nil, defaultCountry: String? = nil
    ) throws(FieldError) {
        let recipient = try Recipient.jid(of: to.map(JSONValue.string) ?? fields["to"], defaultCountry: defaultCountry)
        let references = try MessageReferences(fields, defaultCountry: defaultCountry)
        self.init(to: recipient, try Self.content(kind, fields, defaultCountry), references: references)
    }

    private static func content(_ kind: MessageType, _ fields: Fields, _ defaultCountry: String?) throws(FieldError) -> Content {
        switch kind {
        case .text:
            let text = try fields.text("message", limit: Limits.textCharacters, expected: "the text to send")
            guard let edited = try fields.optionalMessageID("edit_message_id") else { return .text(text) }
            return .change(.edit(text), of: edited)
        case .location: return .location(try Place(fields))
        case .contact: return .contact(try ContactCard(fields, defaultCountry: defaultCountry))
        case .reaction: return .change(.reaction(try emoji(fields)), of: try fields.messageID("message_id"))
        case .other where fields["delete_message_id"] != nil: return .change(.deletion, of: try fields.messageID("delete_message_id"))
        case .image: return .media(try OutgoingMedia(.image, fields))
        case .document: return .media(try OutgoingMedia(.document, fields))
        case .video: return .media(try OutgoingMedia(.video, fields))
        case .audio: return .media(try OutgoingMedia(.audio, fields))
        default: throw FieldError("kind", .badValue, expected: "a kind that this version sends: text, image, document, video, audio, location, contact, reaction")
        }
    }

    /// Phones show one emoji; what it may be changes every year, so that only its length is checked.
    private static func emoji(_ fields: Fields) throws(FieldError) -> String {
        let expected = "one emoji, or an empty text to take the reaction back"
        guard let text = try fields.optionalText("emoji", limit: 32, expected: expected) else {
            throw FieldError("emoji", .missing, expected: expected)
        }
        guard text.count <= 1 else { throw FieldError("emoji", .badValue, expected: expected) }
        return text
    }

    package var kind: MessageType {
        switch content {
        case .media(let media): media.kind.messageType
        case .text, .change(.edit, _): .text
        case .location: .location
        case .contact: .contact
        case .change(.reaction, _): .reaction
        case .change(.deletion, _): .other
        }
    }

    /// What the message log shows as `content`.
    package var summary: String? {
        switch content {
        case .media(let media): media.summary
        case .text(let text), .change(.edit(let text), _): text
        case .location(let place): place.summary
        case .contact(let card): card.name
        case .change(.reaction(let emoji), _): emoji.isEmpty ? nil : emoji
        case .change(.deletion, _): nil
        }
    }

    /// The fields but for `to`, as they stand in `wa_outbox.payload`; ``init(_:fields:to:defaultCountry:)`` reads them back.
    package var payload: JSONValue {
        let members: [JSONMember] =
            switch content {
            case .text(let text): [JSONMember("message", .string(text))]
            case .media(let media): media.members
            case .location(let place): place.payload
            case .contact(let card): card.payload
            case .change(.edit(let text), let id): [JSONMember("message", .string(text)), JSONMember("edit_message_id", .string(id))]
            case .change(.reaction(let emoji), let id): [JSONMember("message_id", .string(id)), JSONMember("emoji", .string(emoji))]
            case .change(.deletion, let id): [JSONMember("delete_message_id", .string(id))]
            }
        return .object(members + references.payload)
    }

    /// The payload with another name for the file that came with the request.
    package func payload(naming file: String) -> JSONValue {
        guard case .object(let members) = payload else { return payload }
        return .object(members.map { $0.key == OutgoingMedia.spoolField ? JSONMember($0.key, .string(file)) : $0 })
    }

    /// What the log and events say of it beyond ``summary``; see ``MessageDetails``.
    package var details: MessageDetails {
        var details = MessageDetails()
        details.quotedMessageID = references.quotedMessageID
        details.mentions = references.mentions.map(\.description)
        switch content {
        case .text, .contact, .media: break
        case .location(let place): details.place = place
        case .change(.edit, let id): details.edits = id
        case .change(.reaction(let emoji), let id):
            details.reactsTo = id
            details.isReactionRemoved = emoji.isEmpty
        case .change(.deletion, let id): details.deletes = id
        }
        return details
    }
}
