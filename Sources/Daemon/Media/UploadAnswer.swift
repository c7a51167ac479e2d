import AsyncHTTPClient
import Model
import NIOCore
import NIOHTTP1
import WhatsApp

/// What a media host says to an upload.
struct UploadAnswer: Sendable {
    let status: Int
    let directPath: String?
    let url: String?
    /// The host has the whole file.
    let isComplete: Bool
    /// Bytes of the file that the host has.
    let offset: Int?

    /// Bytes of an answer; more come from no media host.
    static let maximumBytes = 1 << 16

    init(status: Int, body: [UInt8]) {
        self.status = status
        var members: [String: JSONValue] = [:]
        if status == 200, let text = String(validating: body, as: UTF8.self), case .object(let list)? = try? JSONParser.parse(text) {
            for member in list { members[member.key] = member.value }
        }
        func text(_ name: String) -> String? {
            guard case .string(let text)? = members[name], !text.isEmpty else { return nil }
            return text
        }
        directPath = text("direct_path").flatMap { MediaHostAddress.isPath($0) ? $0 : nil }
        url = text("url").flatMap { $0.hasPrefix("https://") && $0.utf8.count <= MediaDescriptor.maximumPath ? $0 : nil }
        isComplete = text("resume") == "complete"
        offset = text("resume").flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
    }
}

/// Collects the answer of a media host.
final class UploadReply: HTTPClientResponseDelegate, @unchecked Sendable {
    // Touched by the client on the loop alone.
    private var status = 0
    private var body: [UInt8] = []
    private let loop: any EventLoop

    init(loop: any EventLoop) { self.loop = loop }

    func didReceiveHead(task: HTTPClient.Task<UploadAnswer>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        status = Int(head.status.code)
        return loop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<UploadAnswer>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        body += buffer.readableBytesView.prefix(max(0, UploadAnswer.maximumBytes - body.count))
        return loop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<UploadAnswer>) throws -> UploadAnswer { UploadAnswer(status: status, body: body) }
}
