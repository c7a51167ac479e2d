/// What the owner of a ``Connection`` has to do, in this order.
package enum ConnectionAction: Equatable, Sendable {
    /// Write these bytes to the WebSocket, as one binary message; before those of any later action.
    case write([UInt8])
    /// The service sent this. `stream:error` and `failure` come here too, for log and event, in front of their ``close(_:)``.
    case stanza(Node)
    /// An authentic frame that is no node: log it, the connection goes on.
    case undecodable(BinaryXMLError, payload: [UInt8])
    /// Call ``Connection/tick(now:)`` at this moment of the caller's clock; replaces the moment told before.
    case deadline(Int64)
    /// Close the WebSocket (with code 1000 where it is still open). Comes once, as the last action of the connection.
    case close(CloseReason)
}
