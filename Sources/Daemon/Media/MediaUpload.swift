import AsyncHTTPClient
import Logging
import NIOCore
import NIOHTTP1
import WhatsApp

/// Takes one file to the media hosts: encrypted on its way, host after host, and from 5 MiB on going on where an earlier attempt broke off.
struct MediaUpload: Sendable {
    let path: String
    let category: MediaCategory
    let mediaKey: [UInt8]
    let fileEncSHA256: [UInt8]
    /// Bytes of what is uploaded.
    let encryptedLength: Int
    let client: MediaClient
    let thread: FileThread
    let logger: Logger

    private static let rounds: Int64 = 3

    /// Where the file lies then.
    struct Place: Sendable {
        let directPath: String
        let url: String
    }

    /// The hosts do not take the pass.
    private struct PassRefused: Error {}

    /// - Parameters:
    ///   - servers: the hosts, or others instead of those whose pass was refused.
    ///   - pause: waits so many milliseconds; false where there is no sense in going on.
    func send(
        _ servers: @Sendable (_ insteadOf: MediaServers?) async throws(MediaFailure) -> MediaServers,
        pause: @Sendable (Int64) async -> Bool
    ) async throws(MediaFailure) -> Place {
        var known = try await servers(nil)
        var hasRenewed = false
        var last = MediaFailure.unreachable("no host")
        var round: Int64 = 1
        while round <= Self.rounds {
            do {
                return try await toAny(of: known.uploadHosts, auth: known.auth, &last)
            } catch is PassRefused {
                guard !hasRenewed else { throw .refused(status: 401) }
                hasRenewed = true
                known = try await servers(known)
                continue
            } catch let failure as MediaFailure { last = failure } catch { last = MediaDownload.failure(error) }
            guard last.isTransient, last != .interrupted, round < Self.rounds, await pause(round * 1_000) else { throw last }
            round += 1
        }
        throw last
    }

    private func toAny(of hosts: [String], auth: String, _ last: inout MediaFailure) async throws -> Place {
        for host in hosts {
            do { return try await to(host, auth: auth) } catch let failure as MediaFailure {
                guard failure.isTransient, failure != .interrupted else { throw failure }
                logger.info("an upload failed: \(failure)")
                last = failure
            }
        }
        throw last
    }

    private func to(_ host: String, auth: String) async throws -> Place {
        let address = MediaHostAddress.upload(category, fileEncSHA256: fileEncSHA256, auth: auth, host: host)
        var offset = 0
        if encryptedLength >= MediaHostAddress.resumableBytes, let earlier = try await begun(address) {
            if earlier.isComplete, let place = Self.place(earlier) { return place }
            offset = min(earlier.offset ?? 0, encryptedLength - 1)
        }
        let answer = try await post(address + (offset > 0 ? "&file_offset=\(offset)" : ""), from: offset)
        switch answer.status {
        case 200:
            guard let place = Self.place(answer) else { throw MediaFailure.unreachable("the host did not say where the file lies") }
            return place
        case 401, 403: throw PassRefused()
        case 413: throw MediaFailure.tooLarge(limit: encryptedLength - 1)
        case 408, 429, 500...599: throw MediaFailure.unreachable("status \(answer.status)")
        default: throw MediaFailure.refused(status: answer.status)
        }
    }

    /// What the host has of the file; nil where it does not say.
    private func begun(_ address: String) async throws -> UploadAnswer? {
        var request = try HTTPClient.Request(url: address + "&resume=1", method: .POST, headers: MediaClient.headers())
        request.body = .byteBuffer(ByteBuffer())
        do {
            let answer = try await client.execute(request, UploadReply(loop: client.executor.loop))
            if answer.status == 401 || answer.status == 403 { throw PassRefused() }
            return answer.status == 200 ? answer : nil
        } catch let error as PassRefused { throw error } catch { throw MediaDownload.failure(error) }
    }

    private func post(_ address: String, from offset: Int) async throws -> UploadAnswer {
        do {
            let source = try await EncryptedSource(path, mediaKey: mediaKey, category: category, thread: thread)
            var request = try HTTPClient.Request(url: address, method: .POST, headers: MediaClient.headers())
            request.headers.add(name: "Content-Type", value: "application/octet-stream")
            request.body = body(source, from: offset)
            return try await client.execute(request, UploadReply(loop: client.executor.loop))
        } catch { throw MediaDownload.failure(error) }
    }

    /// The rest of the file, read only as fast as the host takes it.
    private func body(_ source: EncryptedSource, from offset: Int) -> HTTPClient.Body {
        let executor = client.executor
        return .stream(contentLength: Int64(encryptedLength - offset)) { writer in
            let done = executor.loop.makePromise(of: Void.self)
            executor.start {
                do {
                    var skip = offset
                    while let piece = try await source.next() {
                        let rest = piece.dropFirst(skip)
                        skip -= piece.count - rest.count
                        if !rest.isEmpty { try await writer.write(.byteBuffer(ByteBuffer(bytes: rest))).get() }
                    }
                    done.succeed()
                } catch { done.fail(error) }
            }
            return done.futureResult
        }
    }

    private static func place(_ answer: UploadAnswer) -> Place? {
        guard let path = answer.directPath else { return nil }
        return Place(directPath: path, url: answer.url ?? "https://\(MediaHostAddress.fallbackHost)\(path)")
    }
}
