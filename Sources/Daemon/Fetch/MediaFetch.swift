import CryptoPrimitives
import Glibc
import Model

/// Brings a file that is to be sent from its address into `media.dir/outgoing`.
struct MediaFetch: Sendable {
    let fetcher: Fetcher
    let thread: FileThread
    let directory: MediaDirectory

    /// - Parameters:
    ///   - address: http, https or `data:`.
    ///   - limit: bytes, by the owner's setting.
    /// - Returns: the file's name below `media.dir/outgoing`; it is there whatever happens to the host.
    func run(_ address: String, kind: MediaKind, limit: Int) async throws(FetchFailure) -> String {
        let limit = min(limit, Int(kind.maximumBytes))
        var random = SystemRandomNumberGenerator()
        let name = Hex.encode(Random.bytes(SpoolName.length / 2, using: &random))
        let path = directory.outgoing + "/" + name
        do {
            try await thread.run { [directory] in try directory.make() }
            let file = try await FetchedFile(path, on: thread)
            let length = MediaAddress.isData(address)
                ? try await unpack(address, limit, into: file)
                : try await fetcher.fetch(address, .file(bytes: limit), into: file).length
            guard length > 0 else { throw FetchFailure.empty }
            try await file.flush()
            return name
        } catch {
            unlink(path)
            throw FetchFailure(error, host: "", seconds: 0)
        }
    }

    private func unpack(_ address: String, _ limit: Int, into file: FetchedFile) async throws -> Int {
        guard let uri = DataURI(address) else { throw FetchFailure.badData }
        guard uri.bytes.count <= limit else { throw FetchFailure.tooLarge(limit: limit) }
        try await file.take(uri.bytes)
        return uri.bytes.count
    }
}
