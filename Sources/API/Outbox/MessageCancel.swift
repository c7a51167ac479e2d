import Model
import Store

/// `POST messages/:id/cancel` and, for rows that are not in the log yet, `POST messages/outbox/:id/cancel`: takes back what has not left.
enum MessageCancel {
    static let message: @Sendable (Call) throws -> Success = { call in
        guard let id = call.parameters["id"], let message = try call.database.messages.find(id, session: call.key.sessionID) else {
            throw Problem.noSuchMessage
        }
        let now = call.now
        return try answer(
            try call.retryingDeadlocks { () throws(StoreError) in
                try call.database.outbox.cancel(messageRow: message.id, session: message.sessionID, at: now)
            })
    }

    static let row: @Sendable (Call) throws -> Success = { call in
        let id = try call.number("id", else: .noSuchMessage)
        let now = call.now
        let row = try call.retryingDeadlocks { () throws(StoreError) in
            try call.database.outbox.cancel(id: id, session: call.key.sessionID, at: now)
        }
        guard let row else { throw Problem.noSuchMessage }
        return try answer(row)
    }

    private static func answer(_ row: OutboxRow?) throws(Problem) -> Success {
        guard let row else { throw late("it is none that waits in the outbox") }
        switch row.status {
        case .cancelled:
            return Success(
                data: .members(["message_id": .text(row.messageID), "to": .string(row.to), "status": "cancelled"]), message: "Cancelled")
        case .working: throw late("it is just being sent")
        case .sent: throw late("it was sent")
        case .failed: throw late("it had failed")
        // Taken between the two statements, and put off again.
        case .pending: throw late("it is just being sent")
        }
    }

    private static func late(_ why: String) -> Problem {
        Problem(409, "too_late", "The message cannot be cancelled", error: "\(why); only a message that waits can be cancelled")
    }
}
