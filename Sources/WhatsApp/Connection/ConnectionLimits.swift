/// Times of a connection, in milliseconds. Source: protocol notes on transport, sections 1, 3 and 7.
package enum ConnectionLimits {
    /// Name lookup, TCP, TLS and WebSocket upgrade.
    package static let dial: Int64 = 20_000
    /// From the open WebSocket to the server hello.
    package static let handshake: Int64 = NoiseProtocol.handshakeTimeout
    /// From the client finish to the first stanza of the service.
    package static let login: Int64 = 20_000
    /// Between two pings, random, as the phone's own web client and whatsmeow do.
    package static let pingInterval: ClosedRange<Int64> = 20_000...30_000
    /// Nothing at all arrived for this long after a ping or another write that needs an answer: the connection is dead.
    package static let answer: Int64 = 20_000
}
