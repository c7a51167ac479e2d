import Model
import Store

/// `POST messages/react`, `messages/edit` and `messages/delete`: what is done to a message that stands in the log.
enum ChangeMessage {
    static let react: @Sendable (Call) throws -> Success = { call in
        let fields = try call.fields()
        let row = try named(fields, call)
        return try SendMessage.send(.reaction, members(fields, row, [JSONMember("emoji", fields["emoji"] ?? .null)], id: "message_id"), call)
    }

    static let edit: @Sendable (Call) throws -> Success = { call in
        let fields = try call.fields()
        let row = try named(fields, call)
        guard row.direction == .outbound, row.type == .text else {
            throw Problem(400, "not_editable", "The message cannot be edited", error: "only texts that this number has sent can be edited")
        }
        let text = [JSONMember("message", fields["message"] ?? .null)]
        return try SendMessage.send(.text, members(fields, row, text, id: "edit_message_id"), call)
    }

    static let delete: @Sendable (Call) throws -> Success = { call in
        let fields = try call.fields()
        let row = try named(fields, call)
        guard row.direction == .outbound || row.isGroup else {
            throw Problem(
                400, "not_deletable", "The message cannot be deleted",
                error: "messages of others can be taken back in groups only, by an admin")
        }
        return try SendMessage.send(.other, members(fields, row, [], id: "delete_message_id"), call)
    }

    /// By row number or WhatsApp's id, as `GET messages/:id` finds it.
    private static func named(_ fields: Fields, _ call: Call) throws -> MessageRow {
        let id: String
        if case .integer(let number)? = fields["message_id"] { id = String(number) } else { id = try fields.messageID("message_id") }
        guard let row = try call.database.messages.find(id, session: call.key.sessionID) else { throw Problem.noSuchMessage }
        return row
    }

    /// The fields of the message that does it; the chat is the named message's.
    private static func members(_ fields: Fields, _ row: MessageRow, _ content: [JSONMember], id: String) -> Fields {
        let delivery = ["send_at", "queue"].compactMap { name in fields[name].map { JSONMember(name, $0) } }
        return Fields([JSONMember("to", .string(row.remoteJID)), JSONMember(id, .string(row.messageID))] + content + delivery, textual: fields.isTextual)
    }
}
