import NIOCore
import NIOHTTP1
import NIOPosix

/// The control interface's socket: HTTP/1.1 on loopback, one request a connection.
enum ControlListener {
    static func bind(host: NIOLoopBound<SandboxHost>, group: any EventLoopGroup, port: Int) throws -> any Channel {
        try ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 64)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(ControlHandler(host: host.value))
                }
            }
            .bind(host: "127.0.0.1", port: port).wait()
    }
}

/// Collects one request and writes its answer.
final class ControlHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private static let bodyLimit = 1 << 20
    private let host: SandboxHost
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(host: SandboxHost) { self.host = host }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let buffer):
            guard body.count + buffer.readableBytes <= Self.bodyLimit else {
                head = nil
                respond(ControlResponse(.badRequest("the body is longer than \(Self.bodyLimit) bytes")), on: context.channel)
                return
            }
            body += buffer.readableBytesView
        case .end:
            guard let head else { return }
            self.head = nil
            answer(head, on: context.channel)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func answer(_ head: HTTPRequestHead, on channel: any Channel) {
        // A page in a browser could otherwise reach loopback under a name of its own.
        let name = head.headers.first(name: "Host")?.split(separator: ":").first.map(String.init)
        guard name == nil || name == "127.0.0.1" || name == "localhost" else {
            respond(ControlResponse(.badRequest("Host is not this machine")), on: channel)
            return
        }
        let request = ControlRequest(method: head.method.rawValue, target: head.uri, body: body)
        ControlRoutes(host: host, finish: { [weak self] in self?.respond($0, on: channel) }).handle(request)
    }

    private func respond(_ response: ControlResponse, on channel: any Channel) {
        let headers: HTTPHeaders = [
            "Content-Type": "application/json", "Content-Length": "\(response.body.count)", "Connection": "close",
            "Cache-Control": "no-store",
        ]
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: response.status), headers: headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.write(HTTPServerResponsePart.body(.byteBuffer(channel.allocator.buffer(bytes: response.body))), promise: nil)
        channel.writeAndFlush(HTTPServerResponsePart.end(nil)).whenComplete { _ in channel.close(promise: nil) }
    }
}
