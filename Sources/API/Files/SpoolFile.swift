import CryptoPrimitives
import Glibc
import Model

/// A file that came with a request, below `media.dir/outgoing` until WhatsApp has it. It goes with this object, unless a row speaks of it by then;
/// what a killed process leaves is cleared away by the daemon.
final class SpoolFile {
    /// See ``SpoolName``.
    let name: String
    private let path: String
    private let directory: String
    private let descriptor: Int32
    private let limit: Int64
    /// For errors.
    private let field: String
    private var sum: SHA256Stream? = SHA256Stream()
    private(set) var length: Int64 = 0
    /// Lower-case hex SHA-256, once ``finish()`` has returned.
    private(set) var digest = ""
    private var isKept = false

    /// - Parameters:
    ///   - field: where the file stood in the request.
    ///   - limit: bytes.
    /// - Throws: ``Problem`` 503 where no file can be made.
    init(in mediaDirectory: String, field: String, limit: Int64) throws(Problem) {
        directory = mediaDirectory + "/outgoing"
        try Self.make(directory, below: mediaDirectory)
        var random = SystemRandomNumberGenerator()
        name = Hex.encode(Random.bytes(SpoolName.length / 2, using: &random))
        path = directory + "/" + name
        self.field = field
        self.limit = limit
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.trouble() }
    }

    deinit {
        close(descriptor)
        if !isKept { unlink(path) }
    }

    /// - Throws: ``Problem`` 413 beyond the limit, 503 where the disk does not take it.
    func write(_ bytes: ArraySlice<UInt8>) throws(Problem) {
        length += Int64(bytes.count)
        guard length <= limit else { throw .fileTooLarge(field, limit: limit) }
        sum?.update(bytes)
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.trouble() }
            rest = rest.dropFirst(count)
        }
    }

    /// The file is complete, and outlives a power cut: a row may speak of it now.
    func finish() throws(Problem) {
        guard length > 0 else { throw .emptyFile(field) }
        guard fsync(descriptor) == 0 else { throw Self.trouble() }
        let folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0, fsync(folder) == 0 else { throw Self.trouble() }
        close(folder)
        if let sum = sum.take() { digest = Hex.encode(sum.digest()) }
    }

    /// A row speaks of it, or may.
    func keep() { isKept = true }

    private static func make(_ directory: String, below top: String) throws(Problem) {
        guard access(directory, W_OK) != 0 else { return }
        var path = ""
        for component in directory.split(separator: "/") {
            path += (path.isEmpty && !directory.hasPrefix("/") ? "" : "/") + component
            // Only what is ours alone; directories above are as everybody makes them.
            let mode: mode_t = path.utf8.count < top.utf8.count ? 0o755 : 0o700
            guard mkdir(path, mode) == 0 || errno == EEXIST else { throw trouble() }
        }
    }

    private static func trouble() -> Problem { .filesNotKept("the file cannot be written (\(String(cString: strerror(errno))))") }
}
