import Glibc

/// A descriptor that is closed with its owner. Lives on the ``FileThread``.
final class OpenFile: @unchecked Sendable {
    // Only read after its making.
    private let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// A new file that nobody else may read.
    static func make(_ path: String) throws(MediaFailure) -> OpenFile {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .disk("can not make a file in media.dir", errno) }
        return OpenFile(descriptor)
    }

    static func reading(_ path: String) throws(MediaFailure) -> OpenFile {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw .disk("can not read a file in media.dir", errno) }
        return OpenFile(descriptor)
    }

    func write(_ bytes: [UInt8]) throws(MediaFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .disk("can not write in media.dir", errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// The next bytes; empty at the end.
    func read(_ limit: Int) throws(MediaFailure) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            var got = -1
            repeat { got = Glibc.read(descriptor, buffer.baseAddress, limit) } while got < 0 && errno == EINTR
            if got < 0 { failure = errno }
            count = max(0, got)
        }
        guard failure == 0 else { throw .disk("can not read in media.dir", failure) }
        return bytes
    }

    /// What was written is on the disk when this returns, so that a row may speak of it.
    func flush() throws(MediaFailure) {
        guard fsync(descriptor) == 0 else { throw .disk("can not write in media.dir", errno) }
    }
}
