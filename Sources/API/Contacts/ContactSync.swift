import Model
import Store

/// `POST contacts/sync`: asks the daemon to fetch names and groups anew, and does not wait for them.
enum ContactSync {
    static let answer: @Sendable (Call) throws -> Success = { call in
        _ = try call.fields()
        try call.requireConnection()
        _ = call.doorbell.ring(.sync(call.key.sessionID), until: Deadline(0))
        return Success(message: "Contacts are synced automatically when WhatsApp connects.")
    }
}
