package import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

/// The WebSocket to the WhatsApp service over TLS that always verifies certificate and name.
///
/// Source: protocol notes on transport, section 1 (URL, headers, dial timeout, close code).
package struct WebSocketTransport: Transport {
    /// How long lookup, TCP, TLS and upgrade may take together.
    package static let dialTimeout = TimeAmount.seconds(20)
    /// Bytes of one frame of WebSocket, which is kept until it is complete: the protocol's largest frame is 2^24 + 2, and several may share one.
    static let maxFrameBytes = (1 << 24) + (1 << 16)
    /// How long to wait for the peer's half of the close.
    static let closeTimeout = TimeAmount.seconds(2)

    package let inbound: AsyncThrowingStream<[UInt8], any Error>
    private let channel: any Channel
    private let queue: InboundQueue

    init(channel: any Channel, queue: InboundQueue) {
        self.channel = channel
        self.queue = queue
        inbound = AsyncThrowingStream { try await queue.next() }
    }

    /// Connects to a `wss` (or, for a service on this machine, `ws`) URL and upgrades.
    /// - Parameters:
    ///   - caFile: PEM file with extra trust besides the system's roots.
    ///   - loop: the event loop that the connection lives on.
    /// - Throws: ``TransportError``.
    package static func connect(to url: String, caFile: String?, on loop: any EventLoop) async throws -> WebSocketTransport {
        let endpoint = try ServiceEndpoint(url)
        let tls = try endpoint.secure ? tlsContext(caFile: caFile) : nil
        let dial = WebSocketDial(endpoint: endpoint, tls: tls, loop: loop, timeout: dialTimeout)
        return try await dial.connect()
    }

    package func isBehind() -> Bool { queue.sign.take() || !queue.isEmpty }

    package func write(_ bytes: [UInt8]) async throws {
        let frame = WebSocketFrame(fin: true, opcode: .binary, maskKey: .random(), data: ByteBuffer(bytes: bytes))
        do { try await channel.writeAndFlush(frame).get() } catch { throw TransportError.closed }
    }

    package func close() async {
        queue.abandon()
        var code = ByteBuffer()
        code.write(webSocketErrorCode: .normalClosure)
        channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .connectionClose, maskKey: .random(), data: code), promise: nil)
        // TLS would wait for the farewell of a dead peer for some seconds more; that need not concern the caller.
        let done = channel.eventLoop.makePromise(of: Void.self)
        channel.closeFuture.cascade(to: done)
        let limit = channel.eventLoop.scheduleTask(in: Self.closeTimeout) { [channel] in
            channel.close(promise: nil)
            done.succeed()
        }
        try? await done.futureResult.get()
        limit.cancel()
    }

    private static func tlsContext(caFile: String?) throws -> NIOSSLContext {
        let configuration = try ClientTLS.configuration(caFile: caFile)
        do { return try NIOSSLContext(configuration: configuration) } catch { throw TransportError.untrusted("\(error)") }
    }
}
