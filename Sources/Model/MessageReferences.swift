/// What a message of ours points at beside its content; every kind of sending takes these fields.
package struct MessageReferences: Sendable, Equatable {
    /// WhatsApp's id of the message that is answered; it stands in the log of the same chat.
    package var quotedMessageID: String?
    /// People named in the text (`@number`), bare.
    package var mentions: [JID]

    package static let none = MessageReferences()

    package init(quotedMessageID: String? = nil, mentions: [JID] = []) {
        self.quotedMessageID = quotedMessageID
        self.mentions = mentions
    }
}

extension MessageReferences {
    init(_ fields: Fields, defaultCountry: String?) throws(FieldError) {
        quotedMessageID = try fields.optionalMessageID("quoted_message_id")
        mentions = try Self.mentions(fields["mentions"], defaultCountry)
    }

    private static func mentions(_ value: JSONValue?, _ defaultCountry: String?) throws(FieldError) -> [JID] {
        let expected = "a list of phone numbers or JIDs of people, at most \(Limits.mentions)"
        let values: [JSONValue]
        switch value {
        case nil: return []
        case .array(let list): values = list
        // Forms know no lists.
        case .string(let text): values = text.split(separator: ",").map { .string(String($0)) }
        default: throw FieldError("mentions", .wrongType, expected: expected)
        }
        guard values.count <= Limits.mentions else { throw FieldError("mentions", .tooLong(limit: Limits.mentions, unit: "people"), expected: expected) }
        var people: [JID] = []
        for value in values {
            let jid = try Recipient.jid(of: value, field: "mentions", defaultCountry: defaultCountry)
            guard jid.isPerson else { throw FieldError("mentions", .badValue, expected: expected) }
            if !people.contains(jid) { people.append(jid) }
        }
        return people
    }

    var payload: [JSONMember] {
        var members: [JSONMember] = []
        if let quotedMessageID { members.append(JSONMember("quoted_message_id", .string(quotedMessageID))) }
        if !mentions.isEmpty { members.append(JSONMember("mentions", .array(mentions.map { .string($0.description) }))) }
        return members
    }
}
