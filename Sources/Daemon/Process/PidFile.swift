import Glibc

/// A process id as text, for `stop`, `status` and people. The lock says whether a daemon is alive, this only who it is.
package struct PidFile {
    private let path: String
    package init(_ directory: RunDirectory) { path = directory.pid }
    init(path: String) { self.path = path }

    /// Also where the disk is full, in place of the number that a killed daemon left.
    package func write(_ pid: Int32) throws(ShellFailure) {
        guard TextFile.replace(Array("\(pid)\n".utf8), at: path) else {
            throw .failed("can not write \(path): \(ShellFailure.systemError()). Is the disk full?")
        }
    }

    /// nil where there is no such file or it holds no process id.
    package func read() -> Int32? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 32)
        guard fgets(&buffer, Int32(buffer.count), file) != nil else { return nil }
        let digits = buffer.prefix { $0 >= 48 && $0 <= 57 }.map { UInt8(bitPattern: $0) }
        guard let pid = Int32(String(decoding: digits, as: UTF8.self)), pid > 1 else { return nil }
        return pid
    }

    package func remove() { unlink(path) }
}
