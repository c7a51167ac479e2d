import Model

/// When a message may go out: at once and only while WhatsApp is connected, unless the request says `send_at` or `"queue": true`.
struct DeliveryWish: Sendable {
    /// Not before; nil where it is not in the future.
    let sendAt: Timestamp?
    /// May wait for the connection.
    let queues: Bool

    init(_ fields: Fields, now: Timestamp) throws(FieldError) {
        let expected = "a time in UTC such as 2026-03-01T08:00:00Z"
        queues = try fields.optionalFlag("queue") ?? false
        guard let text = try fields.optionalText("send_at", limit: 40, expected: expected), !text.isEmpty else {
            sendAt = nil
            return
        }
        guard let time = Timestamp(parsing: text) else { throw FieldError("send_at", .badValue, expected: expected) }
        sendAt = time > now ? time : nil
    }

    /// It is stored even while WhatsApp is not connected.
    var mayWait: Bool { queues || sendAt != nil }
}
