import Glibc

/// Ends the daemon of a run directory and waits for it.
enum OrderlyStop {
    /// The daemon ends within 5 s; a loaded host gets a little more.
    static let seconds = 8

    /// Does nothing when none runs.
    static func stop(_ directory: RunDirectory) throws(ShellFailure) {
        guard DaemonLock.isHeld(directory) else { return }
        guard let pid = PidFile(directory).read() else {
            throw .failed("a daemon holds \(directory.lock), but \(directory.pid) does not say which. Find it with: fuser \(directory.lock)")
        }
        guard kill(pid, SIGTERM) == 0 || errno == ESRCH else {
            throw .failed("can not stop process \(pid): \(ShellFailure.systemError()). Run this as the user who started it")
        }
        if DaemonLock.waitUntilFree(directory, seconds: seconds) { return }
        // Being killed at any instant is safe by design.
        kill(pid, SIGKILL)
        guard DaemonLock.waitUntilFree(directory, seconds: 2) else { throw .failed("process \(pid) does not end; restart the host") }
    }
}
