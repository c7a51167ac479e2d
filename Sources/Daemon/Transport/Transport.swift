/// A connection to the WhatsApp service that carries bytes in messages; the borders of messages mean nothing to the protocol.
package protocol Transport: Sendable {
    /// What arrives, for one reader. Ends when the peer closes in order, throws ``TransportError`` when the connection breaks.
    /// Reading slowly slows the peer down: nothing piles up.
    var inbound: AsyncThrowingStream<[UInt8], any Error> { get }
    /// Whether messages wait for the reader of ``inbound``, or parts of one have arrived since this was last asked.
    func isBehind() -> Bool
    /// Returns once the bytes were handed to the system; throws ``TransportError`` on a broken connection. Calls keep their order.
    func write(_ bytes: [UInt8]) async throws
    /// Ends ``inbound`` at once, closes with the code 1000 and returns when that is done, after a few seconds at most. May be called more than once.
    func close() async
}

/// Why a connection to the service could not be made or broke.
package enum TransportError: Error, Equatable {
    /// The configured URL is no `ws` or `wss` URL.
    case badURL
    /// The extra trust file could not be read or holds no certificate.
    case badTrustFile(String)
    /// Name lookup, TCP or TLS failed; the text comes from the system and holds no secrets.
    case unreachable(String)
    /// The service's certificate or its name did not verify.
    case untrusted(String)
    /// Nothing was answered within the dial timeout.
    case timedOut
    /// The service answered the upgrade with this HTTP status.
    case refused(status: Int)
    /// The peer broke WebSocket's rules or sent more than the cap.
    case malformed
    case closed
}
