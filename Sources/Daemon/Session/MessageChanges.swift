import Model
import Store

/// What a message of ours does to an earlier one of ours, once the service has taken it.
struct MessageChanges {
    let session: Int64
    let database: Database

    func note(_ row: MessageRow, at moment: Timestamp) throws {
        for member in MessageDetails.members(of: row.details) {
            guard case .string(let id) = member.value, member.key == "edited_message_id" || member.key == "deleted_message_id",
                let target = try database.messages.find(id, in: row.contactID, session: session)
            else { continue }
            if member.key == "edited_message_id" {
                try database.messages.markEdited(id: target.id, at: moment)
            } else {
                try database.messages.markDeleted(id: target.id, at: moment)
            }
        }
    }
}
