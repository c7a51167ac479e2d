import Model
import Store

/// `POST calls/reject`: a call that rings is refused, as if on the phone.
enum RejectCall {
    /// Calls ring for less; what came longer ago is over, whether WhatsApp told so or not.
    private static let longestRing: Int64 = 90_000

    static let answer: @Sendable (Call) throws -> Success = { call in
        let fields = try call.fields()
        let id = try fields.text("call_id", limit: 128, expected: "the call_id of the event call.incoming")
        let row = try find(id, from: fields["from"], call)
        guard row.status == .ringing, call.now.milliseconds - row.createdAt.milliseconds <= longestRing else { throw Problem.callIsOver }
        let isDone = try ActionRequest.run(.rejectCall, .members(["call": .integer(row.id)]), usefulFor: longestRing, call)
        let contact = try call.database.contacts.find(id: row.contactID, session: call.key.sessionID)
        return Success(
            data: .members([
                "call_id": .string(id), "from": .text(contact?.jid), "status": isDone ? "rejected" : "pending",
            ]))
    }

    /// - Parameter from: the caller; may be left out, since ids of calls do not repeat among honest callers.
    private static func find(_ id: String, from: JSONValue?, _ call: Call) throws -> CallRow {
        let session = call.key.sessionID
        guard let from else {
            guard let row = try call.database.calls.find(id, session: session) else { throw Problem.noCall(id) }
            return row
        }
        let address = ContactAddress(try Recipient.jid(of: from, field: "from", defaultCountry: call.settings.defaultCountry))
        guard let contact = try call.database.contacts.find(address, session: session), id.utf8.allSatisfy({ $0 < 0x80 }),
            let row = try call.database.calls.find(id, contact: contact.id, session: session)
        else { throw Problem.noCall(id) }
        return row
    }
}
