import Model
import Store

/// `POST chats/typing`: the other side sees that somebody types, for about ten seconds.
enum ShowTyping {
    private static let states = ["composing", "recording", "paused"]
    /// Nobody wants to see it later.
    private static let usefulFor: Int64 = 10_000

    static let answer: @Sendable (Call) throws -> Success = { call in
        let fields = try call.fields()
        let to = try Recipient.jid(of: fields["to"], defaultCountry: call.settings.defaultCountry)
        let expected = states.joined(separator: ", ")
        let state = try fields.optionalText("state", limit: 20, expected: expected) ?? "composing"
        guard states.contains(state) else { throw FieldError("state", .badValue, expected: expected) }
        let isDone = try ActionRequest.run(
            .typing, .members(["to": .string(to.description), "state": .string(state)]), usefulFor: usefulFor, call)
        return Success(
            data: .members(["to": .string(to.description), "state": .string(state), "status": isDone ? "done" : "pending"]))
    }
}
