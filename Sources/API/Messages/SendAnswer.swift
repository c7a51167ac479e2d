import Model
import Store

/// What a sender is told of a row of the outbox, at once or when the same request comes again.
enum SendAnswer {
    static func of(_ row: OutboxRow, _ call: Call) throws -> Success {
        switch row.status {
        case .sent: return success(row, "sent", at: try message(row, call)?.sentAt ?? row.finishedAt ?? row.createdAt)
        case .pending, .working: return success(row, "pending", at: row.createdAt)
        case .failed: throw WhatsAppRefusal.problem(code: row.errorCode, detail: row.error)
        case .cancelled: throw Problem(409, "cancelled", "The message was cancelled", error: "its row in wa_outbox was set to cancelled")
        }
    }

    /// Stored, to be sent later.
    static func accepted(_ row: OutboxRow) -> Success {
        var answer = success(row, "pending", at: row.createdAt)
        answer.status = 202
        return answer
    }

    private static func message(_ row: OutboxRow, _ call: Call) throws -> MessageRow? {
        guard let id = row.messageRowID else { return nil }
        return try call.database.messages.find(id: id, session: row.sessionID)
    }

    private static func success(_ row: OutboxRow, _ status: String, at moment: Timestamp) -> Success {
        Success(
            data: .members([
                "message_id": .text(row.messageID), "to": .string(row.to), "status": .string(status), "timestamp": .string(moment.iso8601),
            ]))
    }
}
