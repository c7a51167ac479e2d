import Glibc
import Synchronization

/// The packed bytes of a part of the history: in memory, or in a file that is read as it is needed and goes with the source.
final class HistorySource: Sendable {
    private enum Place {
        case bytes([UInt8])
        case file(OpenFile, path: String)
    }

    private let place: Place
    private let position = Mutex(0)

    init(bytes: [UInt8]) { place = .bytes(bytes) }

    /// - Parameter path: of a file that is the source's from now on.
    init(file path: String) throws(MediaFailure) { place = .file(try OpenFile.reading(path), path: path) }

    deinit {
        if case .file(_, let path) = place { unlink(path) }
    }

    func read(_ count: Int) throws -> [UInt8] {
        switch place {
        case .file(let file, _): return try file.read(count)
        case .bytes(let bytes):
            return position.withLock { position in
                let end = min(position + count, bytes.count)
                defer { position = end }
                return Array(bytes[position..<end])
            }
        }
    }
}
