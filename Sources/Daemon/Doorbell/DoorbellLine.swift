/// One line that a caller sends to the daemon. A line is only a hint: the rows of the database are the truth.
package enum DoorbellLine: Equatable, Sendable {
    /// `outbox <session_id> <outbox_id>`: a row was stored; answered with `done <outbox_id>` once it is sent or failed.
    case outbox(session: Int64, row: Int64)
    /// `action <session_id> <action_id>`: a row of `wa_actions` was stored; answered with `done <action_id>` once it is done or failed.
    case action(session: Int64, row: Int64)
    /// `session <session_id>`: the row's wish was changed; answered with `done` once the row has a state that answers the wish.
    case session(Int64)
    /// `watch <session_id>`: answered with `changed` at every change of the row until the caller hangs up; for the QR on a terminal.
    case watch(Int64)
    /// `numbers <session_id>`: numbers are to be asked for (`wa_numbers`); answered with `done` once their rows say what WhatsApp answered, with
    /// `failed` where it could not be asked.
    case numbers(Int64)
    /// `sync <session_id>`: names and groups are to be fetched anew; answered with `done` once that has begun, with `failed` without a connection.
    case sync(Int64)
    /// `ping`: answered with `pong <pid>`.
    case ping
    /// `webhooks`: deliveries were stored or are to be sent again; answered with `done`.
    case webhooks

    /// Bytes of the longest line with its end; callers that send more are cut off.
    package static let maxBytes = 64

    /// nil for anything that is none of them.
    package init?(parsing text: some StringProtocol) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let numbers = words.dropFirst().map { Int64($0) ?? -1 }
        guard numbers.allSatisfy({ $0 > 0 }) else { return nil }
        switch (words.first.map { String($0) }, numbers.count) {
        case ("outbox", 2): self = .outbox(session: numbers[0], row: numbers[1])
        case ("action", 2): self = .action(session: numbers[0], row: numbers[1])
        case ("session", 1): self = .session(numbers[0])
        case ("watch", 1): self = .watch(numbers[0])
        case ("numbers", 1): self = .numbers(numbers[0])
        case ("sync", 1): self = .sync(numbers[0])
        case ("ping", 0): self = .ping
        case ("webhooks", 0): self = .webhooks
        default: return nil
        }
    }
}
