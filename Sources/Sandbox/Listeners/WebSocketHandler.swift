import NIOCore
import NIOWebSocket

/// One client's WebSocket: binary data goes to the simulation as it comes, as borders of messages mean nothing.
final class WebSocketHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let host: SandboxHost
    private var id: ConnectionID?

    init(host: SandboxHost) { self.host = host }

    func handlerAdded(context: ChannelHandlerContext) { id = host.opened(context.channel) }

    func channelInactive(context: ChannelHandlerContext) {
        if let id { host.closed(id) }
        id = nil
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        guard let id else { return }
        guard frame.maskKey != nil else {
            refuse("an unmasked WebSocket frame", context)
            return
        }
        switch frame.opcode {
        case .binary, .continuation:
            host.received(Array(frame.unmaskedData.readableBytesView), on: id)
        case .ping:
            let pong = WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData)
            context.writeAndFlush(wrapOutboundOut(pong), promise: nil)
        case .connectionClose:
            let answer = WebSocketFrame(fin: true, opcode: .connectionClose, data: frame.unmaskedData)
            let channel = context.channel
            context.writeAndFlush(wrapOutboundOut(answer)).whenComplete { _ in channel.close(promise: nil) }
        case .pong:
            break
        default:
            refuse("a WebSocket frame that is not binary", context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func refuse(_ text: String, _ context: ChannelHandlerContext) {
        host.note(.frame(text), id?.description ?? "")
        context.close(promise: nil)
    }
}
