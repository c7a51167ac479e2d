import Glibc

/// The lock that makes a daemon the only one of its run directory. The kernel frees it when the process ends, however it ends.
package final class DaemonLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, or returns nil when another process holds it.
    /// - Throws: ``ShellFailure`` when the file can not be opened.
    package init?(_ directory: RunDirectory) throws(ShellFailure) {
        // O_CLOEXEC: the responder workers outlive the daemon and must not keep its lock.
        descriptor = open(directory.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .failed("can not open \(directory.lock): \(ShellFailure.systemError()). Check owner and mode of run.dir")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }

    /// Whether some process holds the lock now; false also where the file is missing.
    package static func isHeld(_ directory: RunDirectory) -> Bool {
        let descriptor = open(directory.lock, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
        return false
    }

    /// Waits until no process holds the lock.
    /// - Returns: false when it is still held after `seconds`.
    package static func waitUntilFree(_ directory: RunDirectory, seconds: Int) -> Bool {
        // flock has no timed form and commands run for one moment only, so this asks every 50 ms.
        for _ in 0..<(seconds * 20) {
            if !isHeld(directory) { return true }
            usleep(50_000)
        }
        return !isHeld(directory)
    }
}
