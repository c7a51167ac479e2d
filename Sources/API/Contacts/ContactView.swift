import Model
import Store

/// A contact as the API shows it. `push_name` is the name to show: the one in the phone's address book, else the one the person chose; of a group its subject.
enum ContactView {
    /// In lists; the LID is an addition.
    static func listed(_ row: ContactRow) -> JSONValue {
        .object(names(row) + [JSONMember("is_group", .bool(row.isGroup)), lastMessage(row), lid(row)])
    }

    static func found(_ row: ContactRow) -> JSONValue { .object(names(row)) }

    static func whole(_ row: ContactRow) -> JSONValue {
        .object(
            names(row) + [
                JSONMember("is_group", .bool(row.isGroup)), JSONMember("message_count", .integer(Int64(row.messageCount))), lastMessage(row),
                JSONMember("created_at", .string(row.createdAt.iso8601)), lid(row),
            ])
    }

    private static func names(_ row: ContactRow) -> [JSONMember] {
        [
            JSONMember("id", .integer(row.id)), JSONMember("jid", .string(row.jid)), JSONMember("phone", .text(row.phoneNumber)),
            JSONMember("push_name", .text(row.name)),
        ]
    }

    private static func lastMessage(_ row: ContactRow) -> JSONMember { JSONMember("last_message_at", .text(row.lastMessageAt?.iso8601)) }

    private static func lid(_ row: ContactRow) -> JSONMember { JSONMember("lid", .text(row.lid.map { "\($0)@lid" })) }
}
