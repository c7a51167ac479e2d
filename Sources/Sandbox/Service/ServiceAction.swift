/// What the owner of the sockets has to do after an event, in this order.
enum ServiceAction: Equatable, Sendable {
    case write(ConnectionID, [UInt8])
    /// Close after everything written so far has left.
    case close(ConnectionID)
}
