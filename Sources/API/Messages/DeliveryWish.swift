import Model
import Store

/// When a message may go out: at once and only while WhatsApp is connected, unless the request says `send_at` or `"queue": true`, or the daemon comes and
/// goes (`daemon.mode` = cron).
struct DeliveryWish: Sendable {
    /// Not before; nil where it is not in the future.
    let sendAt: Timestamp?
    /// May wait for the connection: the request says so.
    private let queues: Bool
    private let daemonComesByCron: Bool

    init(_ fields: Fields, _ call: Call) throws(FieldError) {
        let expected = "a time in UTC such as 2026-03-01T08:00:00Z"
        daemonComesByCron = call.settings.daemonComesByCron
        queues = try fields.optionalFlag("queue") ?? false
        guard let text = try fields.optionalText("send_at", limit: 40, expected: expected), !text.isEmpty else {
            sendAt = nil
            return
        }
        guard let time = Timestamp(parsing: text) else { throw FieldError("send_at", .badValue, expected: expected) }
        sendAt = time > call.now ? time : nil
    }

    /// It is stored even while WhatsApp is not connected.
    var mayWait: Bool { queues || sendAt != nil || daemonComesByCron }

    /// The same, for this session: without a linked phone no visit of the daemon would send it.
    func mayWait(for session: SessionRow) -> Bool { queues || sendAt != nil || (daemonComesByCron && session.jid != nil) }
}
