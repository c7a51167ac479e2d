import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// The address of the media hosts: TLS and HTTP/1.1. It answers under two names, which clients take for two hosts.
enum MediaListener {
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
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(NIOSSLServerHandler(context: context))
                    try pipeline.configureHTTPServerPipeline()
                    try pipeline.addHandler(MediaHandler(host: host.value))
                }
            }
            .bind(host: "127.0.0.1", port: port).wait()
    }

    /// The names as `media_conn` gives them.
    static func names(port: Int) -> [String] { ["localhost:\(port)", "127.0.0.1:\(port)"] }
}
