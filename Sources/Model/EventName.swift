/// The events that webhooks can ask for, as the API reference names them.
package enum EventName: String, Sendable, CaseIterable {
    case messageReceived = "message.received"
    case messageSent = "message.sent"
    case messageStatus = "message.status"
    case connectionConnected = "connection.connected"
    case connectionDisconnected = "connection.disconnected"
    case connectionQRReady = "connection.qr_ready"
    case callIncoming = "call.incoming"
    case callRejected = "call.rejected"
}
