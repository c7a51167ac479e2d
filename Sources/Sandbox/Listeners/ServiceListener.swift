import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

/// The address clients connect to: TLS, HTTP/1.1, WebSocket on `/ws/chat`.
struct ServiceListener {
    static let path = "/ws/chat"
    static let origin = "https://web.whatsapp.com"

    static func bind(
        host: NIOLoopBound<SandboxHost>, group: any EventLoopGroup, port: Int, certificates: SandboxDirectory
    ) throws -> any Channel {
        let chain = try NIOSSLCertificate.fromPEMFile(certificates.certificateFile).map { NIOSSLCertificateSource.certificate($0) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain, privateKey: .privateKey(try NIOSSLPrivateKey(file: certificates.keyFile, format: .pem)))
        configuration.applicationProtocols = ["http/1.1"]
        let context = try NIOSSLContext(configuration: configuration)
        return try ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 64)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try configure(channel, host: host, context: context) }
            }
            .bind(host: "127.0.0.1", port: port).wait()
    }

    private static func configure(_ channel: any Channel, host: NIOLoopBound<SandboxHost>, context: NIOSSLContext) throws {
        let upgrader = NIOWebSocketServerUpgrader(
            maxFrameSize: (1 << 24) + 64,
            shouldUpgrade: { channel, head in
                let isRight = head.uri == path && head.headers.first(name: "Origin") == origin
                if head.uri == path, !isRight {
                    host.value.note(.connectionHeader, "an upgrade without Origin: \(origin)")
                }
                return channel.eventLoop.makeSucceededFuture(isRight ? HTTPHeaders() : nil)
            },
            upgradePipelineHandler: { channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(WebSocketHandler(host: host.value))
                }
            })
        let page = ServicePageHandler()
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(NIOSSLServerHandler(context: context))
        try pipeline.configureHTTPServerPipeline(
            withServerUpgrade: (
                upgraders: [upgrader],
                completionHandler: { context in
                    context.pipeline.syncOperations.removeHandler(page, promise: nil)
                }
            ))
        try pipeline.addHandler(page)
    }
}
