import NIOCore
import NIOWebSocket

/// Hands what is in frames to the reader, answers pings and closes as RFC 6455 wants it.
///
/// Borders of messages mean nothing to the protocol, so fragments are not joined: a service may cut a message into as many as it likes.
final class WebSocketFrameHandler: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let queue: InboundQueue
    private let watch: LifeWatch
    private var closing = false
    /// A message has begun, its last fragment is still to come.
    private var isInMessage = false

    init(queue: InboundQueue, watch: LifeWatch) {
        self.queue = queue
        self.watch = watch
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .binary where !isInMessage, .continuation where isInMessage:
            isInMessage = !frame.fin
            let bytes = Array(frame.unmaskedData.readableBytesView)
            if !bytes.isEmpty { queue.push(bytes) }
        case .ping:
            watch.sawControlFrame = true
            send(.pong, frame.unmaskedData, context: context)
        case .pong: watch.sawControlFrame = true
        case .connectionClose: closeInOrder(frame, context: context)
        default: fail(context: context)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if unwrapOutboundIn(data).opcode == .connectionClose { closing = true }
        context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The decoder reports broken rules with a type of its own; everything else is the connection's.
        if error is NIOWebSocketError {
            fail(context: context)
        } else {
            queue.finish(.failure(DialWatch.failure(error)))
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        queue.finish(.failure(TransportError.closed))
        context.fireChannelInactive()
    }

    private func fail(context: ChannelHandlerContext) {
        queue.finish(.failure(TransportError.malformed))
        var code = ByteBuffer()
        code.write(webSocketErrorCode: .protocolError)
        send(.connectionClose, code, context: context)
        context.close(promise: nil)
    }

    private func closeInOrder(_ frame: WebSocketFrame, context: ChannelHandlerContext) {
        queue.finish(.success(()))
        var payload = frame.unmaskedData
        // The code is echoed, the reason is not.
        if !closing { send(.connectionClose, payload.readSlice(length: min(2, payload.readableBytes)) ?? ByteBuffer(), context: context) }
        context.close(promise: nil)
    }

    private func send(_ opcode: WebSocketOpcode, _ data: ByteBuffer, context: ChannelHandlerContext) {
        let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }
}
