import NIOCore
import NIOHTTP1
import NIOWebSocket

/// The web page beside the WebSocket: clients read the current client revision from it.
final class ServicePageHandler: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// A revision that is current in this simulation.
    static let revision = 1_045_649_367

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data) else { return }
        let isPage = head.method == .GET && (head.uri == "/" || head.uri == "/sw.js")
        let text = isPage ? "<!doctype html><script>{\"client_revision\":\(Self.revision)}</script>\n" : "not found\n"
        let headers: HTTPHeaders = [
            "Content-Type": "text/html; charset=utf-8", "Content-Length": "\(text.utf8.count)", "Connection": "close",
        ]
        let response = HTTPResponseHead(version: .http1_1, status: isPage ? .ok : .notFound, headers: headers)
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(string: text)))), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A refused upgrade goes on as a plain request, which is answered.
        if error is NIOWebSocketUpgradeError || error is HTTPServerUpgradeErrors { return }
        context.close(promise: nil)
    }
}
