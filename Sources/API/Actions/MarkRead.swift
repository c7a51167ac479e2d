import Model
import Store

/// `POST messages/read`: messages were read; their senders see it where the phone's privacy settings allow it.
enum MarkRead {
    static let answer: @Sendable (Call) throws -> Success = { call in
        let rows = try rows(call).filter { $0.direction == .inbound && $0.readAt == nil }
        guard !rows.isEmpty else { return success(0, isDone: true) }
        let ids = rows.map(\.id)
        let isDone = try ActionRequest.run(.read, .members(["rows": .array(ids.map { .integer($0) })]), reading: ids, call)
        return success(rows.count, isDone: isDone)
    }

    private static func success(_ count: Int, isDone: Bool) -> Success {
        Success(data: .members(["read": .integer(Int64(count)), "status": isDone ? "done" : "pending"]))
    }

    private static let expected = "a list of message_id values, at most \(Limits.readMessages)"

    /// The messages that are named, or all of a chat.
    private static func rows(_ call: Call) throws -> [MessageRow] {
        let fields = try call.fields()
        if let value = fields["message_ids"] ?? fields["message_id"] { return try named(value, call) }
        guard let chat = fields["jid"] else {
            throw FieldError("message_ids", .missing, expected: expected + "; or a `jid`, whose unread messages are all marked")
        }
        let address = ContactAddress(try Recipient.jid(of: chat, field: "jid", defaultCountry: call.settings.defaultCountry))
        guard let contact = try call.database.contacts.find(address, session: call.key.sessionID) else { return [] }
        return try call.database.messages.unread(in: contact.id, limit: Limits.readMessages, session: call.key.sessionID)
    }

    private static func named(_ value: JSONValue, _ call: Call) throws -> [MessageRow] {
        let values: [JSONValue]
        switch value {
        case .array(let list): values = list
        // Forms know no lists.
        case .string(let text): values = text.split(separator: ",").map { .string(String($0)) }
        case .integer: values = [value]
        default: throw FieldError("message_ids", .wrongType, expected: expected)
        }
        guard !values.isEmpty else { throw FieldError("message_ids", .empty, expected: expected) }
        guard values.count <= Limits.readMessages else {
            throw FieldError("message_ids", .tooLong(limit: Limits.readMessages, unit: "messages"), expected: expected)
        }
        return try values.map { value in
            let id: String
            switch value {
            case .string(let text):
                guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                    throw FieldError("message_ids", .badValue, expected: expected)
                }
                id = text
            case .integer(let number): id = String(number)
            default: throw FieldError("message_ids", .wrongType, expected: expected)
            }
            guard let row = try call.database.messages.find(id, session: call.key.sessionID) else { throw Problem.noSuchMessage }
            return row
        }
    }
}
