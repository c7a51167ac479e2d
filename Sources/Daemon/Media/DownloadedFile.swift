import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import WhatsApp

/// An answer that is decrypted into a file while it comes; the host is only read on as fast as the disk takes it.
///
/// Nothing that it wrote may be used before ``finish()``. `head` and `buffered` live on the loop, the decryptor on the file thread.
final class DownloadedFile: HTTPClientResponseDelegate, @unchecked Sendable {
    struct Head: Sendable {
        let status: Int
        /// Seconds.
        let retryAfter: Int64?
    }

    /// Decrypts and writes; touched on the file thread alone.
    private final class Sink: @unchecked Sendable {
        private var decryptor: MediaDecryptor?
        private let file: OpenFile

        init(_ descriptor: MediaDescriptor, limit: Int, path: String) throws {
            decryptor = try MediaDecryptor(descriptor, limit: limit)
            file = try OpenFile.make(path)
        }

        func take(_ bytes: [UInt8]) throws {
            guard let plaintext = try decryptor?.update(bytes) else { return }
            try file.write(plaintext)
        }

        func finish() throws {
            guard let decryptor = decryptor.take() else { return }
            try file.write(decryptor.finish())
            try file.flush()
        }
    }

    private let sink: Sink
    private let thread: FileThread
    private let executor: LoopExecutor
    private let limit: Int
    private var head: Head?

    /// - Parameter path: of a file that does not exist yet.
    static func make(
        _ descriptor: MediaDescriptor, limit: Int, path: String, thread: FileThread, executor: LoopExecutor
    ) async throws -> DownloadedFile {
        let sink = try await thread.run { try Sink(descriptor, limit: limit, path: path) }
        return DownloadedFile(sink, limit: limit, thread: thread, executor: executor)
    }

    private init(_ sink: Sink, limit: Int, thread: FileThread, executor: LoopExecutor) {
        self.sink = sink
        self.limit = limit
        self.thread = thread
        self.executor = executor
    }

    /// All checks have agreed, and the file is on the disk.
    func finish() async throws { try await thread.run { [sink] in try sink.finish() } }

    // MARK: The answer

    func didReceiveHead(task: HTTPClient.Task<Head>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        self.head = Head(status: Int(head.status.code), retryAfter: head.headers.first(name: "Retry-After").flatMap { Int64($0) })
        let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        guard length <= MediaEncryptor.encryptedLength(of: limit) else {
            return executor.loop.makeFailedFuture(MediaCipherError.tooLong(limit: limit))
        }
        return executor.loop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Head>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        // What an error says of itself is not kept.
        guard head?.status == 200 else { return executor.loop.makeSucceededVoidFuture() }
        let written = executor.loop.makePromise(of: Void.self)
        executor.start { [sink, thread] in
            do {
                try await thread.run { try sink.take(Array(buffer.readableBytesView)) }
                written.succeed()
            } catch { written.fail(error) }
        }
        return written.futureResult
    }

    func didFinishRequest(task: HTTPClient.Task<Head>) throws -> Head {
        guard let head else { throw MediaFailure.unreachable("no answer") }
        return head
    }
}
