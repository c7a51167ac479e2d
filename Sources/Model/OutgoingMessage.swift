/// A message that somebody wants sent, checked: the same checks hold for API, bulk, schedule and rows inserted by SQL.
package struct OutgoingMessage: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        /// 1 to ``Limits/textCharacters`` Unicode scalars, not blank.
        case text(String)
        case media(OutgoingMedia)
    }
    package let recipient: JID
    package let content: Content

    package init(to recipient: JID, _ content: Content) {
        self.recipient = recipient
        self.content = content
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
        self.init(to: recipient, try Self.content(kind, fields))
    }

    private static func content(_ kind: MessageType, _ fields: Fields) throws(FieldError) -> Content {
        switch kind {
        case .text: .text(try fields.text("message", limit: Limits.textCharacters, expected: "the text to send"))
        case .image: .media(try OutgoingMedia(.image, fields))
        case .document: .media(try OutgoingMedia(.document, fields))
        case .video: .media(try OutgoingMedia(.video, fields))
        case .audio: .media(try OutgoingMedia(.audio, fields))
        default: throw FieldError("kind", .badValue, expected: "a kind that this version sends: text, image, document, video, audio")
        }
    }

    package var kind: MessageType {
        switch content {
        case .text: .text
        case .media(let media): media.kind.messageType
        }
    }

    /// What the message log shows as `content`.
    package var summary: String {
        switch content {
        case .text(let text): text
        case .media(let media): media.summary
        }
    }

    /// The fields but for `to`, as they stand in `wa_outbox.payload`; ``init(_:fields:to:defaultCountry:)`` reads them back.
    package var payload: JSONValue {
        switch content {
        case .text(let text): .members(["message": .string(text)])
        case .media(let media): media.payload
        }
    }
}
