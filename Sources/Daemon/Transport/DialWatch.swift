import NIOCore
import NIOHTTP1
import NIOSSL

/// Remembers why an upgrade failed: the status that refused it, or the first error of TCP or TLS. Lives on the event loop alone.
final class DialWatch: ChannelInboundHandler, RemovableChannelHandler, @unchecked Sendable {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    private let result: EventLoopPromise<WebSocketTransport>
    private var status: Int?
    private var error: (any Error)?
    /// TCP has connected; until then the attempt to connect knows best why it failed.
    private(set) var isConnected = false

    init(result: EventLoopPromise<WebSocketTransport>) { self.result = result }

    var reason: TransportError {
        if let status, status != 101 { return .refused(status: status) }
        return error.map(Self.failure) ?? .closed
    }

    func channelActive(context: ChannelHandlerContext) {
        isConnected = true
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) {
            status = Int(head.status.code)
            if status != 101 { result.fail(reason) }
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if self.error == nil { self.error = error }
        result.fail(reason)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        result.fail(reason)
        context.fireChannelInactive()
    }

    /// Sorts an error of NIO: certificate trouble is told apart, since trying again does not help.
    static func failure(_ error: any Error) -> TransportError {
        if let error = error as? TransportError { return error }
        if error is NIOSSLExtraError { return .untrusted("\(error)") }
        if case .handshakeFailed(let inner)? = error as? NIOSSLError {
            let text = "\(inner)"
            return text.contains("CERTIFICATE_VERIFY_FAILED") ? .untrusted(text) : .unreachable(text)
        }
        if case .connectTimeout? = error as? ChannelError { return .timedOut }
        return .unreachable("\(error)")
    }
}
