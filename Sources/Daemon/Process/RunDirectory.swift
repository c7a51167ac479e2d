import Glibc

/// The directory of everything that belongs to the running daemon: lock, pid file and sockets.
package struct RunDirectory: Sendable {
    package let path: String
    package init(_ path: String) { self.path = path }

    package var lock: String { path + "/daemon.lock" }
    package var pid: String { path + "/daemon.pid" }
    package var doorbell: String { path + "/doorbell.sock" }
    /// Where the web server reaches the responder.
    package var api: String { path + "/api.sock" }

    /// Makes the directory with its parents, mode 0711: others (a web server as `nobody`) may pass through to ``api``, not list it.
    package func make() throws(ShellFailure) {
        var partial = ""
        for component in path.split(separator: "/", omittingEmptySubsequences: true) {
            partial += (partial.isEmpty && !path.hasPrefix("/") ? "" : "/") + component
            if mkdir(partial, partial == path ? 0o711 : 0o755) != 0, errno != EEXIST {
                throw .failed("can not make \(partial): \(ShellFailure.systemError()). Set run.dir to a directory that this user may write")
            }
        }
        guard access(path, W_OK | X_OK) == 0 else {
            throw .failed("can not write in \(path): \(ShellFailure.systemError()). Set run.dir to a directory that this user may write")
        }
    }
}
