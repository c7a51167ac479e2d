/// A message that has been written to the service and awaits its ack.
struct InFlightMessage: Sendable {
    let outboxID: Int64
    let messageRowID: Int64
    let attempts: Int
}
