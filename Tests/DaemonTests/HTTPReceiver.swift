import NIOCore
import NIOHTTP1
import NIOPosix

/// A site that receives webhooks: keeps every request and answers what the test says.
final class HTTPReceiver: Sendable {
    struct Request: Sendable {
        var head: HTTPRequestHead
        var body: [UInt8]
        func header(_ name: String) -> String? { head.headers.first(name: name) }
    }

    enum Answer: Sendable {
        case status(Int, headers: HTTPHeaders = [:], body: String = "")
        /// Takes the request and never answers.
        case silence
    }

    let requests: Mailbox<Request>
    let port: Int
    private let channel: any Channel

    private init(channel: any Channel, requests: Mailbox<Request>) {
        self.channel = channel
        port = channel.localAddress?.port ?? 0
        self.requests = requests
    }

    /// - Parameter answer: called for every request in turn.
    static func start(_ answer: @escaping @Sendable (Request) -> Answer) async throws -> HTTPReceiver {
        let requests = Mailbox<Request>()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(requests: requests, answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let receiver = HTTPReceiver(channel: channel, requests: requests)
        return receiver
    }

    func stop() async { try? await channel.close().get() }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart
        private var request: Request?
        private let requests: Mailbox<Request>
        private let answer: @Sendable (Request) -> Answer

        init(requests: Mailbox<Request>, answer: @escaping @Sendable (Request) -> Answer) {
            self.requests = requests
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): request = Request(head: head, body: [])
            case .body(let part): request?.body += part.readableBytesView
            case .end:
                guard let request else { return }
                requests.put(request)
                guard case .status(let code, var headers, let body) = answer(request) else { return }
                headers.add(name: "Content-Length", value: String(body.utf8.count))
                let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: code), headers: headers)
                context.write(wrapOutboundOut(.head(head)), promise: nil)
                context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
