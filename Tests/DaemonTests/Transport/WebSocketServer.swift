import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

@testable import Daemon

/// A service on this machine for the transport's tests: upgrades, remembers requests and frames, sends what the test wants.
final class WebSocketServer: Sendable {
    let heads: Mailbox<HTTPRequestHead>
    let frames: Mailbox<WebSocketFrame>
    let channels: Mailbox<any Channel>
    let port: Int
    private let listener: any Channel

    private init(listener: any Channel, heads: Mailbox<HTTPRequestHead>, frames: Mailbox<WebSocketFrame>, channels: Mailbox<any Channel>) {
        self.listener = listener
        self.heads = heads
        self.frames = frames
        self.channels = channels
        port = listener.localAddress?.port ?? 0
    }

    /// - Parameters:
    ///   - certificate: for TLS; nil serves plain.
    ///   - refusing: answers every upgrade with 503.
    ///   - deaf: reads nothing after the upgrade.
    static func start(certificate: TestCertificate? = nil, refusing: Bool = false, deaf: Bool = false) async throws -> WebSocketServer {
        let (heads, frames, channels) = (Mailbox<HTTPRequestHead>(), Mailbox<WebSocketFrame>(), Mailbox<any Channel>())
        let tls = try certificate?.serverContext()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    if refusing {
                        try pipeline.configureHTTPServerPipeline()
                        return try pipeline.addHandler(Refusal())
                    }
                    let upgrader = NIOWebSocketServerUpgrader(
                        shouldUpgrade: { channel, head in
                            heads.put(head)
                            return channel.eventLoop.makeSucceededFuture([:])
                        },
                        upgradePipelineHandler: { channel, _ in
                            channel.eventLoop.makeCompletedFuture {
                                try channel.pipeline.syncOperations.addHandler(Frames(frames))
                                if deaf { channel.setOption(.autoRead, value: false).whenFailure { _ in channel.close(promise: nil) } }
                                channels.put(channel)
                            }
                        })
                    try pipeline.configureHTTPServerPipeline(withServerUpgrade: (upgraders: [upgrader], completionHandler: { _ in }))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return WebSocketServer(listener: listener, heads: heads, frames: frames, channels: channels)
    }

    func stop() async { try? await listener.close().get() }

    private final class Frames: ChannelInboundHandler {
        typealias InboundIn = WebSocketFrame
        private let frames: Mailbox<WebSocketFrame>
        init(_ frames: Mailbox<WebSocketFrame>) { self.frames = frames }
        func channelRead(context: ChannelHandlerContext, data: NIOAny) { frames.put(unwrapInboundIn(data)) }
    }

    private final class Refusal: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart
        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .end = unwrapInboundIn(data) else { return }
            let head = HTTPResponseHead(version: .http1_1, status: .serviceUnavailable, headers: ["Content-Length": "0"])
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
