import Glibc
import Synchronization

/// The log file: one line per `write`, renamed to `file.1`, `file.2`, … when it is full. Lines of all threads stay whole.
package final class LogFile: Sendable {
    private struct State {
        var descriptor: Int32
        var bytes: Int64
    }
    private let path: String
    private let maxBytes: Int64
    private let keep: Int
    private let state: Mutex<State>

    /// Opens the file for appending, mode 0600, making it where it is missing.
    /// - Parameter keep: how many older files stay besides the current one.
    /// - Throws: ``ShellFailure`` that says what to mend.
    package init(path: String, maxBytes: Int64, keep: Int) throws(ShellFailure) {
        self.path = path
        self.maxBytes = max(maxBytes, 1_024)
        self.keep = max(keep, 0)
        guard let opened = Self.open(path) else {
            throw .failed("can not open the log file \(path): \(ShellFailure.systemError()). Set log.file to a place that this user may write")
        }
        state = Mutex(opened)
    }

    deinit { state.withLock { _ = Glibc.close($0.descriptor) } }

    /// Appends one line; line breaks inside become visible, so that nobody can forge a line. A full disk loses lines, never the daemon.
    package func write(_ line: String) {
        var bytes = line.utf8.map { $0 < 0x20 && $0 != 0x09 ? UInt8(ascii: " ") : $0 }
        bytes.append(0x0A)
        state.withLock { state in
            if state.bytes > 0, state.bytes + Int64(bytes.count) > maxBytes { rotate(&state) }
            let written = bytes.withUnsafeBytes { Glibc.write(state.descriptor, $0.baseAddress, $0.count) }
            if written > 0 { state.bytes += Int64(written) }
        }
    }

    private func rotate(_ state: inout State) {
        if keep == 0 {
            ftruncate(state.descriptor, 0)
            state.bytes = 0
            return
        }
        for number in stride(from: keep - 1, through: 1, by: -1) { rename("\(path).\(number)", "\(path).\(number + 1)") }
        rename(path, "\(path).1")
        // When no new file can be opened, the old one goes on under its new name.
        guard let opened = Self.open(path) else { return }
        Glibc.close(state.descriptor)
        state = opened
    }

    private static func open(_ path: String) -> State? {
        let descriptor = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        let size = lseek(descriptor, 0, SEEK_END)
        return State(descriptor: descriptor, bytes: Int64(max(size, 0)))
    }
}
