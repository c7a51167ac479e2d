import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

/// One attempt to reach the service: lookup, TCP, TLS, upgrade, all within one timeout.
struct WebSocketDial {
    let endpoint: ServiceEndpoint
    let tls: NIOSSLContext?
    let loop: any EventLoop
    let timeout: TimeAmount

    /// - Throws: ``TransportError``.
    func connect() async throws -> WebSocketTransport {
        let result = loop.makePromise(of: WebSocketTransport.self)
        let timer = loop.scheduleTask(in: timeout) { result.fail(TransportError.timedOut) }
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(timeout)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try addHandlers(to: channel, result: result) }
            }
        bootstrap.connect(host: endpoint.host, port: endpoint.port).whenComplete { outcome in
            switch outcome {
            case .success(let channel):
                // A dial that failed for any reason (its time is up, say) leaves no connection behind.
                result.futureResult.whenFailure { _ in channel.close(promise: nil) }
            case .failure(let error):
                result.fail(DialWatch.failure(error))
            }
        }
        defer { timer.cancel() }
        return try await result.futureResult.get()
    }

    private func addHandlers(to channel: any Channel, result: EventLoopPromise<WebSocketTransport>) throws {
        let pipeline = channel.pipeline.syncOperations
        if let tls {
            let isAddress = (try? SocketAddress(ipAddress: endpoint.host, port: endpoint.port)) != nil
            // Without a name NIOSSL verifies the certificate against the address.
            try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: isAddress ? nil : endpoint.host))
        }
        let watch = DialWatch(result: result)
        let encoder = HTTPRequestEncoder()
        let decoder = ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .forwardBytes))
        let upgrade = NIOTypedHTTPClientUpgradeHandler(
            httpHandlers: [encoder, decoder, watch], upgradeConfiguration: upgradeConfiguration(result: result, watch: watch))
        try pipeline.addHandlers([encoder, decoder, watch, upgrade])
        upgrade.upgradeResultFuture.whenComplete { outcome in
            if case .success(let transport?) = outcome { return result.succeed(transport) }
            if watch.isConnected { result.fail(watch.reason) }
        }
    }

    private func upgradeConfiguration(
        result: EventLoopPromise<WebSocketTransport>, watch: DialWatch
    ) -> NIOTypedHTTPClientUpgradeConfiguration<WebSocketTransport?> {
        let upgrader = NIOTypedWebSocketClientUpgrader<WebSocketTransport?>(
            maxFrameSize: WebSocketTransport.maxFrameBytes, enableAutomaticErrorHandling: false
        ) { channel, _ in
            channel.eventLoop.makeCompletedFuture {
                let queue = InboundQueue { reading in
                    channel.setOption(.autoRead, value: reading).whenSuccess { if reading { channel.read() } }
                }
                let pipeline = channel.pipeline.syncOperations
                let watch = LifeWatch(sign: queue.sign)
                try pipeline.addHandler(
                    watch, position: endpoint.secure ? .after(pipeline.handler(type: NIOSSLClientHandler.self)) : .first)
                try pipeline.addHandler(WebSocketFrameHandler(queue: queue, watch: watch))
                return WebSocketTransport(channel: channel, queue: queue)
            }
        }
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: endpoint.target)
        head.headers = [
            "Host": endpoint.authority, "Origin": "https://web.whatsapp.com", "Cache-Control": "no-cache", "Pragma": "no-cache",
        ]
        return NIOTypedHTTPClientUpgradeConfiguration(upgradeRequestHead: head, upgraders: [upgrader]) { channel in
            channel.eventLoop.makeSucceededFuture(nil)
        }
    }
}
