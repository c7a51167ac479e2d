import NIOCore

/// One open connection to the doorbell; answers go out through it, on any thread.
package struct DoorbellCaller: Sendable {
    let channel: any Channel

    func answer(_ line: String) {
        channel.writeAndFlush(ByteBuffer(string: line + "\n"), promise: nil)
    }

    func hangUp() { channel.close(promise: nil) }
}

/// Cuts what a caller sends into lines and hands them on; a caller that sends no end of line is cut off.
final class DoorbellLineHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var partial: [UInt8] = []
    private let received: @Sendable (DoorbellCaller, String) -> Void
    private let gone: @Sendable (ObjectIdentifier) -> Void

    init(received: @escaping @Sendable (DoorbellCaller, String) -> Void, gone: @escaping @Sendable (ObjectIdentifier) -> Void) {
        self.received = received
        self.gone = gone
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for byte in unwrapInboundIn(data).readableBytesView {
            if byte == 0x0A {
                received(DoorbellCaller(channel: context.channel), String(decoding: partial, as: UTF8.self))
                partial.removeAll(keepingCapacity: true)
            } else if partial.count >= DoorbellLine.maxBytes {
                return context.close(promise: nil)
            } else {
                partial.append(byte)
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        gone(ObjectIdentifier(context.channel))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
