import Glibc

/// Keeps a number of worker processes on one listening socket: starts them, starts them again when they crash, ends them on SIGTERM.
struct WorkerPool {
    private let socket: ListenSocket
    private let count: Int
    private let configurationPath: String?
    private var workers: Set<pid_t> = []
    /// Starts in a row that ended at once; spaces out further ones.
    private var failures = 0

    init(_ address: ListenAddress, workers: Int, _ options: Options, _ installation: Installation) throws {
        socket = try ListenSocket.open(address, mode: installation.socketMode)
        count = workers
        configurationPath = options.configurationPath
    }

    /// Runs until SIGTERM or SIGINT, or until another server has taken over the path; then waits for the workers' last requests.
    /// - Returns: the exit status.
    mutating func run() throws -> Int32 {
        // Signals are taken from a queue instead of interrupting: no code of ours runs inside a handler.
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGTERM, SIGINT, SIGCHLD, SIGHUP] { sigaddset(&signals, number) }
        sigprocmask(SIG_BLOCK, &signals, nil)
        while true {
            while workers.count < count { workers.insert(try start()) }
            var pause = timespec(tv_sec: failures > 3 ? 5 : 1, tv_nsec: 0)
            let signal = sigtimedwait(&signals, nil, &pause)
            if signal == SIGTERM || signal == SIGINT { break }
            reap()
            if failures > 3, workers.count < count { sleepOneSecond() }
            guard socket.isInPlace else { break }
        }
        socket.remove()
        letIn()
        stop()
        return 0
    }

    /// Nobody can find the socket any more, but some may have knocked already: the workers take them in first.
    private func letIn() {
        for _ in 0..<100 where !workers.isEmpty {
            var knocking = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&knocking, 1, 0) > 0 else { return }
            var pause = timespec(tv_sec: 0, tv_nsec: 20_000_000)
            nanosleep(&pause, nil)
        }
    }

    private func start() throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, socket.descriptor, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let arguments = ["wa-connect-fcgi", "--worker"] + (configurationPath.map { ["--config", $0] } ?? [])
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        var worker: pid_t = 0
        // The running program's own file, also after an upgrade has renamed a new one over it.
        let status = posix_spawn(&worker, "/proc/self/exe", &actions, &attributes, &pointers, environ)
        guard status == 0 else { throw SystemError("cannot start a worker", number: status) }
        return worker
    }

    private mutating func reap() {
        var status: Int32 = 0
        while case let worker = waitpid(-1, &status, WNOHANG), worker > 0 {
            guard workers.remove(worker) != nil else { continue }
            let crashed = status != 0
            if crashed { complain("worker \(worker) ended with status \(status), starting another") }
            failures = crashed ? failures + 1 : 0
        }
    }

    private func sleepOneSecond() {
        var pause = timespec(tv_sec: 1, tv_nsec: 0)
        nanosleep(&pause, nil)
    }

    /// A request takes at most 8 s; whoever is not done after 9 is ended.
    private mutating func stop() {
        for worker in workers { kill(worker, SIGTERM) }
        var children = sigset_t()
        sigemptyset(&children)
        sigaddset(&children, SIGCHLD)
        for _ in 0..<9 where !workers.isEmpty {
            var pause = timespec(tv_sec: 1, tv_nsec: 0)
            sigtimedwait(&children, nil, &pause)
            reapSilently()
        }
        for worker in workers { kill(worker, SIGKILL) }
    }

    private mutating func reapSilently() {
        var status: Int32 = 0
        while case let worker = waitpid(-1, &status, WNOHANG), worker > 0 { workers.remove(worker) }
    }
}
