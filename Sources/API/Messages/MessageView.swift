import Model
import Store

/// A message of the log as the API shows it.
enum MessageView {
    static func json(_ row: MessageRow, _ file: MediaView?, _ links: MediaLinks) -> JSONValue {
        .members([
            "id": .integer(row.id), "message_id": .string(row.messageID), "remote_jid": .string(row.remoteJID),
            "remote_name": .text(row.remoteName), "direction": .string(row.direction.rawValue),
            "message_type": .string(row.type.rawValue), "content": .text(row.content), "status": .string(row.status.rawValue),
            "created_at": .string(row.createdAt.iso8601), "edited_at": row.editedAt.map { .string($0.iso8601) },
            "deleted_at": row.deletedAt.map { .string($0.iso8601) },
        ]).appending(MessageDetails.members(of: row.details) + MediaMembers.of(file, links))
    }
}
