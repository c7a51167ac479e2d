import AsyncHTTPClient
import Glibc
import Logging
import NIOHTTP1
import WhatsApp

/// Brings one file from the media hosts: host after host, checked and decrypted on its way, into a file that only this user may read.
struct MediaDownload: Sendable {
    let client: MediaClient
    let thread: FileThread
    let directory: MediaDirectory
    let logger: Logger

    /// Rounds over all hosts, with growing pauses. Source: whatsmeow `download.go`.
    private static let rounds: Int64 = 3
    /// The longest pause that a host may ask for, in seconds.
    private static let longestPause: Int64 = 30

    /// - Parameters:
    ///   - hosts: in the order of trying.
    ///   - limit: bytes of the file; larger ones are refused, whatever the message says.
    ///   - pause: waits so many milliseconds; false where there is no sense in going on.
    /// - Returns: the path of a file in ``MediaDirectory/incoming`` that is the caller's now.
    func fetch(
        _ descriptor: MediaDescriptor, hosts: [String], limit: Int, pause: @Sendable (Int64) async -> Bool
    ) async throws(MediaFailure) -> String {
        if let length = descriptor.fileLength, length > UInt64(limit) { throw .tooLarge(limit: limit) }
        do { try await thread.run { [directory] in try directory.make() } } catch { throw Self.failure(error) }
        let addresses = addresses(of: descriptor, hosts: hosts)
        var last = MediaFailure.unreachable("no address")
        for round in 1...Self.rounds {
            var wait = round
            for address in addresses {
                do throws(MediaFailure) {
                    return try await attempt(address, descriptor, limit: limit, asksToWait: &wait)
                } catch {
                    guard error.isTransient else { throw error }
                    logger.info("a download failed: \(error)")
                    last = error
                }
            }
            if case .disk = last { throw last }
            guard round < Self.rounds, await pause(min(wait, Self.longestPause) * 1_000) else { break }
        }
        throw last
    }

    private func addresses(of descriptor: MediaDescriptor, hosts: [String]) -> [String] {
        let known = hosts.isEmpty ? [MediaHostAddress.fallbackHost] : hosts
        let addresses = known.compactMap { MediaHostAddress.download(descriptor, host: $0) }
        return addresses.isEmpty ? [descriptor.url].compactMap { $0 } : addresses
    }

    private func attempt(
        _ address: String, _ descriptor: MediaDescriptor, limit: Int, asksToWait wait: inout Int64
    ) async throws(MediaFailure) -> String {
        let path = directory.freshIncoming()
        do {
            let request = try HTTPClient.Request(url: address, method: .GET, headers: MediaClient.headers())
            let file = try await DownloadedFile.make(descriptor, limit: limit, path: path, thread: thread, executor: client.executor)
            let head = try await client.execute(request, file)
            switch head.status {
            case 200: try await file.finish()
            case 403, 404, 410: throw MediaFailure.gone(status: head.status)
            case 408, 429, 500...599:
                wait = max(wait, head.retryAfter ?? 0)
                throw MediaFailure.unreachable("status \(head.status)")
            default: throw MediaFailure.refused(status: head.status)
            }
            return path
        } catch {
            unlink(path)
            throw Self.failure(error)
        }
    }

    static func failure(_ error: any Error) -> MediaFailure {
        switch error {
        case let error as MediaFailure: error
        case MediaCipherError.tooLong(let limit): .tooLarge(limit: limit)
        case MediaCipherError.tooShort: .unreachable("the file ended early")
        case let error as MediaCipherError: .damaged(error)
        case let error as HTTPClientError where error == .cancelled: .interrupted
        case is CancellationError: .interrupted
        default: .unreachable("\(error)")
        }
    }
}
