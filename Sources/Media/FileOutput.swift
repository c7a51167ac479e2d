import Glibc

/// A new file that is written in pieces; gone again unless it was finished.
final class FileOutput {
    let path: String
    private(set) var length: Int64 = 0
    private var descriptor: Int32
    private var pending: [UInt8] = []
    private var isFinished = false

    init(_ path: String) throws(ContainerError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .unreadable }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if !isFinished { unlink(path) }
    }

    func write(_ bytes: some Collection<UInt8>) throws(ContainerError) {
        pending.append(contentsOf: bytes)
        length += Int64(bytes.count)
        if pending.count >= 32 << 10 { try flush() }
    }

    func finish() throws(ContainerError) {
        try flush()
        let status = close(descriptor)
        descriptor = -1
        guard status == 0 else { throw .unreadable }
        isFinished = true
    }

    private func flush() throws(ContainerError) {
        var done = 0
        while done < pending.count {
            let count = pending.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .unreadable }
            done += count
        }
        pending.removeAll(keepingCapacity: true)
    }
}
