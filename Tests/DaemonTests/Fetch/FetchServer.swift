import NIOCore
import NIOHTTP1
import NIOPosix

/// A web server that says on a raw connection what a test wants: truths, lies, or nothing.
final class FetchServer: Sendable {
    let port: Int
    /// The first line of each request.
    let requests: Mailbox<String>
    private let channel: any Channel

    /// - Parameter answer: what is written for a path; an empty list closes at once, nil says nothing for ever. Parts are written one after the other.
    static func start(closes: Bool = true, _ answer: @escaping @Sendable (String) -> [String]?) async throws -> FetchServer {
        let requests = Mailbox<String>()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(requests: requests, closes: closes, answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return FetchServer(channel, requests)
    }

    private init(_ channel: any Channel, _ requests: Mailbox<String>) {
        self.channel = channel
        self.requests = requests
        port = channel.localAddress?.port ?? 0
    }

    func stop() async { try? await channel.close().get() }

    static func ok(_ body: String, type: String = "text/html", headers: String = "") -> [String] {
        ["HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"]
    }

    static func redirect(_ location: String, status: Int = 302) -> [String] {
        ["HTTP/1.1 \(status) Found\r\nLocation: \(location)\r\nContent-Length: 0\r\n\r\n"]
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private var text = ""
        private let requests: Mailbox<String>
        private let closes: Bool
        private let answer: @Sendable (String) -> [String]?

        init(requests: Mailbox<String>, closes: Bool, answer: @escaping @Sendable (String) -> [String]?) {
            self.requests = requests
            self.closes = closes
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
            guard text.contains("\r\n\r\n") else { return }
            let line = String(text.prefix { $0 != "\r" && $0 != "\r\n" })
            text = ""
            requests.put(line)
            guard let parts = answer(String(line.split(separator: " ").dropFirst().first ?? "")) else { return }
            for part in parts { context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: part)), promise: nil) }
            if closes { context.close(promise: nil) }
        }
    }
}
