import Model
import Store

/// Something for the daemon to do beside sending: stored, rung for, waited for.
enum ActionRequest {
    /// - Parameters:
    ///   - milliseconds: after which it is of no use; nil for what may wait for the connection.
    ///   - rows: messages that count as read from now on.
    /// - Returns: whether it is done; false where the daemon has not come to it yet.
    /// - Throws: ``Problem`` where WhatsApp is not connected, or it could not be done.
    static func run(
        _ kind: ActionKind, _ payload: JSONValue, usefulFor milliseconds: Int64? = nil, reading rows: [Int64] = [], _ call: Call
    ) throws -> Bool {
        let session = try call.session()
        if let trouble = SendMessage.trouble(of: session, call) { throw trouble }
        let now = call.now
        let id = try call.retryingDeadlocks { () throws(StoreError) in
            try call.database.actions.insert(
                kind, payload: payload, expiresAt: milliseconds.map { now.adding(milliseconds: $0) }, reading: rows, session: session.id, now: now)
        }
        call.ringAndWait(.action(session: session.id, row: id))
        guard let row = try call.database.actions.find(id: id) else { return true }
        switch row.status {
        case .done: return true
        case .pending: return false
        case .failed: throw WhatsAppRefusal.problem(code: row.errorCode, detail: row.error)
        }
    }
}
