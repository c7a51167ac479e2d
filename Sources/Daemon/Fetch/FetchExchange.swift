import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// One answer on its way into a sink; the server is only read on as fast as that takes it. Its state lives on the loop.
final class FetchExchange: HTTPClientResponseDelegate, @unchecked Sendable {
    struct Head: Sendable {
        let status: Int
        let location: String?
        let contentType: String?
        /// Where it came from, after redirects.
        var address = ""
        /// Bytes of the content.
        var length: Int
    }

    /// There is enough; no error to anybody outside.
    private struct Enough: Error {}

    private let sink: any FetchSink
    private let limits: FetchLimits
    private let executor: LoopExecutor
    private let began = NIODeadline.now()
    private var head: Head?
    private var hasEnough = false

    init(into sink: any FetchSink, _ limits: FetchLimits, on executor: LoopExecutor) {
        self.sink = sink
        self.limits = limits
        self.executor = executor
    }

    /// What came where the exchange was ended because there is enough.
    var complete: Head? { hasEnough ? head : nil }

    func didReceiveHead(task: HTTPClient.Task<Head>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let headers = head.headers
        self.head = Head(
            status: Int(head.status.code), location: headers.first(name: "Location"), contentType: headers.first(name: "Content-Type"),
            length: 0)
        // Of a redirect and an error nothing else is wanted.
        guard head.status.code == 200 else { return stop() }
        if let coding = headers.first(name: "Content-Encoding"), coding.lowercased() != "identity" { return fail(.encoded(String(coding.prefix(32)))) }
        let length = headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        guard length <= limits.bytes || limits.takesBeginning else { return fail(.tooLarge(limit: limits.bytes)) }
        return executor.loop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Head>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let room = limits.bytes - (head?.length ?? 0)
        guard buffer.readableBytes <= room || limits.takesBeginning else { return fail(.tooLarge(limit: limits.bytes)) }
        let part = Array(buffer.readableBytesView.prefix(room))
        head?.length += part.count
        guard isFastEnough else { return fail(.tooSlow) }
        let isEnough = limits.takesBeginning && part.count == room
        let taken = executor.loop.makePromise(of: Void.self)
        executor.start { [sink] in
            do {
                try await sink.take(part)
                isEnough ? taken.fail(Enough()) : taken.succeed()
            } catch { taken.fail(error) }
        }
        if isEnough { hasEnough = true }
        return taken.futureResult
    }

    func didFinishRequest(task: HTTPClient.Task<Head>) throws -> Head {
        guard let head else { throw FetchFailure.broken }
        return head
    }

    private var isFastEnough: Bool {
        let seconds = (NIODeadline.now() - began).nanoseconds / 1_000_000_000
        return seconds < 30 || Int64(head?.length ?? 0) >= (seconds - 30) * limits.bytesPerSecond
    }

    private func stop() -> EventLoopFuture<Void> {
        hasEnough = true
        return executor.loop.makeFailedFuture(Enough())
    }

    private func fail(_ failure: FetchFailure) -> EventLoopFuture<Void> { executor.loop.makeFailedFuture(failure) }
}
