import NIOCore
import NIOWebSocket

/// Turns frames into messages for the reader, answers pings and closes as RFC 6455 wants it.
final class WebSocketFrameHandler: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let queue: InboundQueue
    private var closing = false

    init(queue: InboundQueue) { self.queue = queue }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .binary: queue.push(Array(frame.unmaskedData.readableBytesView))
        case .ping: send(.pong, frame.unmaskedData, context: context)
        case .connectionClose: closeInOrder(frame, context: context)
        case .text: fail(context: context)
        default: break
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if unwrapOutboundIn(data).opcode == .connectionClose { closing = true }
        context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The aggregator and the decoder report broken rules with types of their own; everything else is the connection's.
        if error is NIOWebSocketError || error is NIOWebSocketFrameAggregator.Error {
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
