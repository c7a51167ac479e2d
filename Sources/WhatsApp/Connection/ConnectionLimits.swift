/// Times of a connection, in milliseconds. Source: protocol notes on transport, sections 1, 3 and 7.
package enum ConnectionLimits {
    /// Name lookup, TCP, TLS and WebSocket upgrade.
    package static let dial: Int64 = 20_000
    /// From the open WebSocket to the server hello.
    package static let handshake: Int64 = NoiseProtocol.handshakeTimeout
    /// From the client finish to the service's success or, without an account, its codes; other stanzas do not count.
    package static let login: Int64 = 20_000
    /// Between two pings, random. The shorter part of the web client's 15 to 30 s, so that with ``answer`` a half-dead connection is
    /// noticed within 30 s, and with time left to tell everybody.
    package static let pingInterval: ClosedRange<Int64> = 15_000...18_000
    /// From a query or message that nothing at all followed to the ping that asks whether the connection lives. A service that leaves
    /// a query unanswered is no dead service.
    package static let probe: Int64 = 5_000
    /// Nothing at all arrived for this long after a ping: the connection is dead. As long as whatsmeow waits for a pong.
    package static let answer: Int64 = 10_000
    /// The service talks, but answers nothing that we say for this long after a ping: what we write does not get there. Longer than
    /// ``answer``, as an answer may stand behind a long queue; whatsmeow waits 3 minutes.
    package static let deafness: Int64 = 45_000
}
