import Glibc
import Model

/// Starts the daemon in a session of its own and waits until it is ready or has failed.
struct DetachedStart {
    /// How long the start may take; the daemon opens sockets and files only, the database may answer later.
    static let readySeconds: Int32 = 10
    private let loaded: LoadedConfiguration

    init(_ loaded: LoadedConfiguration) { self.loaded = loaded }

    /// - Throws: ``ShellFailure`` with the daemon's own words where it could not start.
    func ensure() throws(ShellFailure) {
        try loaded.runDirectory.make()
        if DaemonLock.isHeld(loaded.runDirectory) { return }
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw .failed("can not make a pipe: \(ShellFailure.systemError())") }
        defer { close(ends[0]) }
        let program = try ChildProcess.ownPath()
        do throws(ShellFailure) {
            _ = try ChildProcess.start([program, "daemon", "--config", absolute(loaded.path)], ready: ends[1])
        } catch {
            close(ends[1])
            throw error
        }
        close(ends[1])
        let answer = readAll(ends[0])
        if answer == ReadyPipe.ready || DaemonLock.isHeld(loaded.runDirectory) { return }
        throw .failed(answer.isEmpty ? "the daemon did not start; see \(loaded.configuration.log.file)" : answer)
    }

    private func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let directory = getcwd(nil, 0) else { return path }
        defer { free(directory) }
        return String(cString: directory) + "/" + path
    }

    private func readAll(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        while bytes.count < 4_096 {
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard Glibc.poll(&poll, 1, Self.readySeconds * 1_000) > 0 else { break }
            var chunk = [UInt8](repeating: 0, count: 512)
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
