import Glibc

/// A file, read piece by piece while it is sent.
final class FileReader {
    struct Failure: Error {}

    private static let pieceBytes = 1 << 16

    let length: Int64
    private let descriptor: Int32
    private var rest: Int64

    /// nil where there is no such file.
    init?(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        var about = stat()
        guard fstat(descriptor, &about) == 0, about.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        length = Int64(about.st_size)
        rest = length
    }

    deinit { close(descriptor) }

    /// Only this part is given; both ends lie within the file.
    func limit(first: Int64, last: Int64) {
        lseek(descriptor, off_t(first), SEEK_SET)
        rest = last - first + 1
    }

    /// nil at the end.
    func piece() throws -> [UInt8]? {
        guard rest > 0 else { return nil }
        let wanted = Int(min(rest, Int64(Self.pieceBytes)))
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            var got = -1
            repeat { got = read(descriptor, buffer.baseAddress, wanted) } while got < 0 && errno == EINTR
            count = max(0, got)
        }
        guard !bytes.isEmpty else { throw Failure() }
        rest -= Int64(bytes.count)
        return bytes
    }
}
