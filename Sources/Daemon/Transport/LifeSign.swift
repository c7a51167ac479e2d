import NIOCore
import Synchronization

/// Bytes of the service have arrived since somebody last asked, or since the reader had all of them: a long frame on a slow line, or a
/// reader that waits for the database, must not look like a dead connection.
final class LifeSign: Sendable {
    private let hasArrived = Atomic(false)

    func set() { hasArrived.store(true, ordering: .relaxed) }
    /// Whether it was set; it no longer is.
    @discardableResult
    func take() -> Bool { hasArrived.exchange(false, ordering: .relaxed) }
}

/// Sets the ``LifeSign`` for what comes in, in front of the decoder of WebSocket frames.
///
/// Control frames do not count: a proxy on the way, or a service that hangs behind its library, still sends those.
final class LifeWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let sign: LifeSign
    /// Set by whoever sees the decoded frames.
    var sawControlFrame = false

    init(sign: LifeSign) { self.sign = sign }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        sawControlFrame = false
        context.fireChannelRead(data)
        if !sawControlFrame { sign.set() }
    }
}
