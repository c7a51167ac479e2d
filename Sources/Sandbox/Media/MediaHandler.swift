import CryptoPrimitives
import FoundationEssentials
import Glibc
import NIOCore
import NIOHTTP1

/// One client's connection to a media host.
final class MediaHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// An upload under way.
    private struct Upload {
        let target: MediaTarget.Upload
        let output: UnsafeMutablePointer<FILE>
        /// Bytes that this request brings, and has brought.
        let length: Int
        var taken = 0
        /// Where the connection is cut, on order.
        var cut: Int?
    }

    private static let pieceBytes = 1 << 16
    private static let origin = "https://web.whatsapp.com"

    private let host: SandboxHost
    private var head: HTTPRequestHead?
    private var upload: Upload?
    /// A refusal that waits until the whole request is here: a client that is still writing would not see it.
    private var refusal: Int?

    init(host: SandboxHost) { self.host = host }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            refusal = nil
            begin(head, context)
        case .body(let buffer): take(buffer, context)
        case .end: finish(context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let upload { fclose(upload.output) }
        upload = nil
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func number(of head: HTTPRequestHead) -> Int { head.headers.first(name: "Host")?.hasPrefix("127.") == true ? 1 : 0 }

    // MARK: Requests

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let number = number(of: head)
        do throws(Refusal) {
            let target = try MediaTarget(method: head.method.rawValue, uri: head.uri)
            guard head.headers.first(name: "Origin") == Self.origin else { throw .media("a request without Origin: \(Self.origin)") }
            let fault = host.mediaFault(head.method.rawValue, host: number)
            if let status = fault?.status { return refusal = status }
            switch target {
            case .download(let download): try give(download, head, isCut: fault != nil, context)
            case .upload(let upload): try begin(upload, head, isCut: fault != nil, context)
            case .deletion(let deletion):
                guard host.isGoodPass(deletion.auth) else { return refusal = 401 }
                guard host.world.vault.delete(hash: deletion.hash, type: deletion.type) else { return refusal = 404 }
                answer(json: [:], context)
            }
        } catch {
            host.note(error, "media host")
            refusal = 400
        }
    }

    private func begin(_ target: MediaTarget.Upload, _ head: HTTPRequestHead, isCut: Bool, _ context: ChannelHandlerContext) throws(Refusal) {
        guard host.isGoodPass(target.auth) else { return refusal = 401 }
        if target.asks {
            if let file = host.world.vault.file(hash: target.hash, type: target.type) { return answer(file, resume: "complete", context) }
            return answer(json: ["resume": "\(host.world.vault.begun(target.hash))"], context)
        }
        guard let length = head.headers.first(name: "Content-Length").flatMap({ Int($0) }), length > 0 else {
            throw .media("an upload without a length")
        }
        guard target.offset == 0 || target.offset == host.world.vault.begun(target.hash) else {
            throw .media("an upload that goes on at \(target.offset), where \(host.world.vault.begun(target.hash)) bytes are there")
        }
        guard let output = fopen(host.world.vault.partial(target.hash), target.offset == 0 ? "we" : "ae") else { return refusal = 507 }
        upload = Upload(target: target, output: output, length: length, cut: isCut ? length / 2 : nil)
    }

    private func take(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
        guard var upload else { return }
        let bytes = Array(buffer.readableBytesView)
        fwrite(bytes, 1, bytes.count, upload.output)
        upload.taken += bytes.count
        self.upload = upload
        guard let cut = upload.cut, upload.taken >= cut else { return }
        note(0, bytes: upload.taken, offset: upload.target.offset)
        context.close(promise: nil)
    }

    private func finish(_ context: ChannelHandlerContext) {
        if let refusal { return refuse(refusal, context) }
        guard let upload else { return }
        self.upload = nil
        fclose(upload.output)
        let vault = host.world.vault
        let partial = vault.partial(upload.target.hash)
        let (length, hash) = Self.digest(partial)
        guard hash == upload.target.hash else {
            unlink(partial)
            host.note(.media("an upload of \(length) bytes that is not what its token says"), "media host")
            return refuse(400, context)
        }
        rename(partial, vault.path(hash))
        let known = vault.file(hash: hash, type: upload.target.type)
        note(200, bytes: upload.taken, offset: upload.target.offset)
        answer(known ?? vault.add(hash: hash, type: upload.target.type, length: length), resume: nil, context)
    }

    private static func digest(_ path: String) -> (length: Int, hash: String) {
        guard let input = fopen(path, "re") else { return (0, "") }
        defer { fclose(input) }
        var digest = SHA256Stream()
        var length = 0
        var buffer = [UInt8](repeating: 0, count: pieceBytes)
        while case let count = fread(&buffer, 1, buffer.count, input), count > 0 {
            digest.update(buffer.prefix(count))
            length += count
        }
        return (length, Hex.encode(digest.digest()))
    }

    // MARK: Downloads

    private func give(_ target: MediaTarget.Download, _ head: HTTPRequestHead, isCut: Bool, _ context: ChannelHandlerContext) throws(Refusal) {
        guard let file = host.world.vault.file(at: target.directPath) else { return refusal = 404 }
        guard target.hash == nil || target.hash == file.hash else { throw .media("a download with another hash than the file's") }
        guard target.type == nil || target.type == file.type else { throw .media("a download as \(target.type ?? ""), uploaded as \(file.type)") }
        guard !file.isExpired else { return refusal = 410 }
        guard let input = fopen(host.world.vault.path(file.hash), "re") else { return refusal = 404 }
        let start = Self.start(of: head.headers.first(name: "Range"), length: file.length)
        fseek(input, start, SEEK_SET)
        let rest = file.length - start
        var headers: HTTPHeaders = ["Content-Type": "application/octet-stream", "Content-Length": "\(rest)", "Accept-Ranges": "bytes"]
        if start > 0 { headers.add(name: "Content-Range", value: "bytes \(start)-\(file.length - 1)/\(file.length)") }
        let status: HTTPResponseStatus = start > 0 ? .partialContent : .ok
        context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
        send(input, upTo: isCut ? rest / 2 : rest, sent: 0, isCut: isCut, Int(status.code), NIOLoopBound(context, eventLoop: context.eventLoop))
    }

    /// Of `bytes=N-`; other forms give the whole file.
    private static func start(of range: String?, length: Int) -> Int {
        guard let range, range.hasPrefix("bytes="), range.hasSuffix("-"), let start = Int(range.dropFirst(6).dropLast()), start < length else {
            return 0
        }
        return max(0, start)
    }

    private func send(
        _ input: UnsafeMutablePointer<FILE>, upTo limit: Int, sent: Int, isCut: Bool, _ status: Int, _ context: NIOLoopBound<ChannelHandlerContext>
    ) {
        var buffer = [UInt8](repeating: 0, count: min(Self.pieceBytes, limit - sent))
        let count = buffer.isEmpty ? 0 : fread(&buffer, 1, buffer.count, input)
        guard count > 0 else {
            fclose(input)
            note(isCut ? 0 : status, bytes: sent, offset: 0)
            if isCut { return context.value.close(promise: nil) }
            return context.value.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        let piece = ByteBuffer(bytes: buffer.prefix(count))
        let state = NIOLoopBound((self, input), eventLoop: context.value.eventLoop)
        context.value.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(piece)))).whenComplete { result in
            let (handler, input) = state.value
            guard case .success = result else {
                fclose(input)
                return
            }
            handler.send(input, upTo: limit, sent: sent + count, isCut: isCut, status, context)
        }
    }

    // MARK: Answers

    private func note(_ status: Int, bytes: Int, offset: Int) {
        guard let head else { return }
        let path = head.uri.split(separator: "?").first.map(String.init) ?? ""
        let request = MediaRequest(
            method: head.method.rawValue, host: number(of: head), path: path, status: status, bytes: bytes, offset: offset)
        host.noteMedia(request)
    }

    private func answer(_ file: MediaVault.File, resume: String?, _ context: ChannelHandlerContext) {
        let name = head?.headers.first(name: "Host") ?? ""
        var json = ["url": "https://\(name)\(file.directPath)&mms3=true", "direct_path": file.directPath]
        json["resume"] = resume
        answer(json: json, context)
    }

    private func answer(json: [String: String], _ context: ChannelHandlerContext) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        write(200, Array((try? encoder.encode(json)) ?? Data()), context)
    }

    private func refuse(_ status: Int, _ context: ChannelHandlerContext) {
        note(status, bytes: 0, offset: 0)
        write(status, Array("{\"error\":\(status)}".utf8), context)
    }

    private func write(_ status: Int, _ body: [UInt8], _ context: ChannelHandlerContext) {
        let headers: HTTPHeaders = ["Content-Type": "application/json", "Content-Length": "\(body.count)"]
        let response = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers)
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}

extension SandboxHost {
    func serveMedia(_ names: [String]) {
        try? change { (world) throws(ControlError) in world.service.media.names = names }
    }

    func isGoodPass(_ pass: String) -> Bool { world.service.media.isGood(pass, now: Self.now) }

    func mediaFault(_ method: String, host: Int) -> MediaFault? {
        var fault: MediaFault?
        try? change { (world) throws(ControlError) in fault = world.service.media.fault(method, host: host) }
        return fault
    }

    func noteMedia(_ request: MediaRequest) {
        try? change { (world) throws(ControlError) in
            world.service.now = Self.now
            world.service.media.note(request)
            world.service.note(.media, "media host \(request.host)", "\(request.method) \(request.status) \(request.path), \(request.bytes) bytes")
        }
    }
}
