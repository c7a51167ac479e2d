extension MessageDetails {
    /// In the order of events; what does not apply is left out.
    package var members: [JSONMember] {
        var members: [JSONMember] = []
        func add(_ key: String, _ value: JSONValue?) {
            if let value { members.append(JSONMember(key, value)) }
        }
        func flag(_ key: String, _ value: Bool) { add(key, value ? true : nil) }
        add("quoted_message_id", quotedMessageID.map(JSONValue.string))
        add("mentions", mentions.isEmpty ? nil : .array(mentions.map(JSONValue.string)))
        flag("forwarded", isForwarded)
        add("edited_message_id", edits.map(JSONValue.string))
        add("deleted_message_id", deletes.map(JSONValue.string))
        flag("deleted_by_admin", isDeletedByAdmin)
        add("reaction_to", reactsTo.map(JSONValue.string))
        flag("reaction_removed", isReactionRemoved)
        add("location", place.map { json($0) })
        add("contacts", cards.isEmpty ? nil : .array(cards.map(Self.json)))
        add("poll", poll.map(Self.json))
        add("poll_vote", vote.map(Self.json))
        flag("view_once", isViewOnce)
        flag("disappearing", isEphemeral)
        add("group_invite", invitation.map(Self.json))
        add("event", event.map(Self.json))
        add("note", note.map(JSONValue.string))
        return members
    }

    /// For the column; nil where there is nothing to say.
    package var text: String? {
        let members = members
        return members.isEmpty ? nil : CanonicalJSON.text(.object(members))
    }

    /// The members of a column's text; none where it holds something else.
    package static func members(of text: String?) -> [JSONMember] {
        guard let text, case .object(let members)? = try? JSONParser.parse(text) else { return [] }
        return members
    }

    /// The options of a poll, from its column's text.
    package static func pollOptions(of text: String?) -> [String] {
        guard case .object(let poll)? = members(of: text).first(where: { $0.key == "poll" })?.value,
            case .array(let options)? = poll.first(where: { $0.key == "options" })?.value
        else { return [] }
        return options.compactMap { if case .string(let name) = $0 { name } else { nil } }
    }

    private func json(_ place: Place) -> JSONValue {
        .members([
            "latitude": .double(place.latitude), "longitude": .double(place.longitude), "name": .text(place.name),
            "address": .text(place.address), "live": .bool(isLive),
        ])
    }

    private static func json(_ card: Card) -> JSONValue {
        .members(["name": .string(card.name), "phones": .array(card.phones.map(JSONValue.string))])
    }

    private static func json(_ poll: Poll) -> JSONValue {
        .members(["options": .array(poll.options.map(JSONValue.string)), "selectable": .integer(Int64(poll.selectable))])
    }

    private static func json(_ vote: Vote) -> JSONValue {
        .members([
            "poll_message_id": .string(vote.pollMessageID),
            "options": vote.options.map { .array($0.map(JSONValue.string)) } ?? .null,
        ])
    }

    private static func json(_ invitation: Invitation) -> JSONValue {
        .members([
            "group": .string(invitation.group), "name": .string(invitation.name), "code": .string(invitation.code),
        ])
    }

    private static func json(_ event: PlannedEvent) -> JSONValue {
        .members([
            "name": .string(event.name), "description": .text(event.description), "starts_at": .text(event.startsAt?.iso8601),
            "cancelled": .bool(event.isCancelled),
        ])
    }
}
