import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import Testing

@testable import Daemon

struct WebSocketTransportTests {
    private let loop = MultiThreadedEventLoopGroup.singleton.next()

    private func connect(_ server: WebSocketServer) async throws -> (transport: WebSocketTransport, peer: any Channel) {
        let transport = try await WebSocketTransport.connect(to: "ws://127.0.0.1:\(server.port)/ws/chat?a=b", caFile: nil, on: loop)
        return (transport, try #require(await server.channels.next()))
    }

    private func frame(_ bytes: [UInt8], _ opcode: WebSocketOpcode = .binary, fin: Bool = true) -> WebSocketFrame {
        WebSocketFrame(fin: fin, opcode: opcode, data: ByteBuffer(bytes: bytes))
    }

    @Test func carriesBytesBothWaysWithTheHeadersOfTheProtocol() async throws {
        let server = try await WebSocketServer.start()
        let (transport, peer) = try await connect(server)
        let head = try #require(await server.heads.next())
        #expect(head.uri == "/ws/chat?a=b" && head.headers.first(name: "Origin") == "https://web.whatsapp.com")
        #expect(head.headers.first(name: "Sec-WebSocket-Protocol") == nil)
        try await transport.write([1, 2, 3])
        let sent = try #require(await server.frames.next())
        #expect(sent.opcode == .binary && sent.maskKey != nil && Array(sent.unmaskedData.readableBytesView) == [1, 2, 3])
        var inbound = transport.inbound.makeAsyncIterator()
        try await peer.writeAndFlush(frame([9, 8])).get()
        #expect(try await inbound.next() == [9, 8])
        await transport.close()
        await #expect(throws: TransportError.closed) { try await transport.write([1]) }
        await server.stop()
    }

    private func read(_ count: Int, from inbound: inout AsyncThrowingStream<[UInt8], any Error>.Iterator) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count { bytes += try #require(try await inbound.next()) }
        return bytes
    }

    @Test func takesFragmentsAndAnswersPings() async throws {
        let server = try await WebSocketServer.start()
        let (transport, peer) = try await connect(server)
        var inbound = transport.inbound.makeAsyncIterator()
        try await peer.writeAndFlush(frame([1], fin: false)).get()
        try await peer.writeAndFlush(frame([7, 7], .ping)).get()
        try await peer.writeAndFlush(frame([2], .continuation, fin: true)).get()
        #expect(try await read(2, from: &inbound) == [1, 2])
        let pong = try #require(await server.frames.next())
        #expect(pong.opcode == .pong && Array(pong.unmaskedData.readableBytesView) == [7, 7])
        await server.stop()
    }

    @Test func aMessageMayHaveMoreFragmentsThanAnybodyCounts() async throws {
        let server = try await WebSocketServer.start()
        let (transport, peer) = try await connect(server)
        var inbound = transport.inbound.makeAsyncIterator()
        let bytes = (0..<6_000).map { UInt8(truncatingIfNeeded: $0) }
        for (index, byte) in bytes.enumerated() {
            peer.write(frame([byte], index == 0 ? .binary : .continuation, fin: index == bytes.count - 1), promise: nil)
        }
        peer.write(frame([], fin: true), promise: nil)
        try await peer.writeAndFlush(frame([9])).get()
        #expect(try await read(bytes.count + 1, from: &inbound) == bytes + [9])
        await server.stop()
    }

    @Test func partsOfMessagesAreLifeAndPingsAreNot() async throws {
        let server = try await WebSocketServer.start()
        let (transport, peer) = try await connect(server)
        try await peer.writeAndFlush(frame([7], .ping)).get()
        #expect(await server.frames.next()?.opcode == .pong)
        #expect(!transport.isBehind())
        // Unread messages are life until they are read.
        try await peer.writeAndFlush(frame([1])).get()
        try await peer.writeAndFlush(frame([8], .ping)).get()
        #expect(await server.frames.next()?.opcode == .pong)
        #expect(transport.isBehind())
        #expect(transport.isBehind())
        var inbound = transport.inbound.makeAsyncIterator()
        #expect(try await inbound.next() == [1])
        #expect(!transport.isBehind())
        await server.stop()
    }

    @Test func closingADeadConnectionEndsTheReaderAtOnce() async throws {
        let server = try await WebSocketServer.start(deaf: true)
        let (transport, _) = try await connect(server)
        let reading = Mailbox<Bool>()
        let inbound = transport.inbound
        Task {
            for try await _ in inbound {}
            reading.put(true)
        }
        let start = ContinuousClock.now
        async let closed: Void = transport.close()
        #expect(await reading.next() == true)
        #expect(ContinuousClock.now - start < .seconds(2))
        await closed
        await server.stop()
    }

    @Test func anOrderlyCloseEndsAndABrokenConnectionThrows() async throws {
        let server = try await WebSocketServer.start()
        let (orderly, closing) = try await connect(server)
        var code = ByteBuffer()
        code.write(webSocketErrorCode: .goingAway)
        try await closing.writeAndFlush(WebSocketFrame(fin: true, opcode: .connectionClose, data: code)).get()
        var first = orderly.inbound.makeAsyncIterator()
        #expect(try await first.next() == nil)
        let (broken, dying) = try await connect(server)
        try await dying.close().get()
        let inbound = broken.inbound
        await #expect(throws: TransportError.closed) { for try await _ in inbound {} }
        await server.stop()
    }

    @Test func textAndBrokenFragmentsAreMalformed() async throws {
        let server = try await WebSocketServer.start()
        for bad in [[frame(Array("hello".utf8), .text)], [frame([1], .continuation)], [frame([1], fin: false), frame([2])]] {
            let (transport, peer) = try await connect(server)
            for frame in bad { try await peer.writeAndFlush(frame).get() }
            let inbound = transport.inbound
            await #expect(throws: TransportError.malformed) { for try await _ in inbound {} }
        }
        await server.stop()
    }

    @Test func tellsTheStatusThatRefused() async throws {
        let server = try await WebSocketServer.start(refusing: true)
        await #expect(throws: TransportError.refused(status: 503)) {
            _ = try await WebSocketTransport.connect(to: "ws://127.0.0.1:\(server.port)/", caFile: nil, on: loop)
        }
        await server.stop()
    }

    @Test func nobodyListeningIsUnreachable() async throws {
        // No service has port 1, and it is never lent to a test that runs beside this one.
        let error = await #expect(throws: TransportError.self) {
            _ = try await WebSocketTransport.connect(to: "ws://127.0.0.1:1/", caFile: nil, on: loop)
        }
        guard case .unreachable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: ["", "http://x/", "wss://", "ws://user@localhost/", "ws://localhost:99999/", "ws://localhost:0/"])
    func refusesOtherURLs(url: String) async {
        await #expect(throws: TransportError.badURL) { _ = try await WebSocketTransport.connect(to: url, caFile: nil, on: loop) }
    }

    @Test func verifiesCertificateAndName() async throws {
        let certificate = try TestCertificate()
        let server = try await WebSocketServer.start(certificate: certificate)
        let trusted = try await WebSocketTransport.connect(
            to: "wss://localhost:\(server.port)/", caFile: certificate.certificatePath, on: loop)
        try await trusted.write([5])
        #expect(await server.frames.next() != nil)
        for (url, trust) in [("wss://localhost", nil), ("wss://127.0.0.1", certificate.certificatePath)] {
            let error = await #expect(throws: TransportError.self) {
                _ = try await WebSocketTransport.connect(to: "\(url):\(server.port)/", caFile: trust, on: loop)
            }
            guard case .untrusted = error else {
                Issue.record("\(url): \(String(describing: error))")
                continue
            }
        }
        await #expect(throws: TransportError.badTrustFile("/nonexistent")) {
            _ = try await WebSocketTransport.connect(to: "wss://localhost:\(server.port)/", caFile: "/nonexistent", on: loop)
        }
        await server.stop()
    }

    @Test func aFullQueuePausesReadingAndGoesOn() async throws {
        let pauses = Mailbox<Bool>()
        let queue = InboundQueue { pauses.put($0) }
        let half = [UInt8](repeating: 1, count: InboundQueue.highWater / 2)
        queue.push(half)
        queue.push(half)
        #expect(await pauses.next() == false)
        queue.finish(.success(()))
        queue.push([9])
        #expect(try await queue.next() == half)
        #expect(try await queue.next() == half)
        #expect(await pauses.next() == true)
        #expect(try await queue.next() == nil)
    }
}
