import Glibc
package import Logging
import NIOCore

/// Keeps the responder's processes running on `run.dir/api.sock`. They are in a session of their own: when the daemon is killed
/// they go on and answer 503; the next daemon opens a fresh socket in the old one's place and then ends them.
package actor ResponderWorkers {
    /// Longest wait before a responder that keeps dying is started again.
    static let longestPause = TimeAmount.seconds(60)
    /// A responder that lived this long counts as healthy: the next start follows at once.
    static let healthyLife = TimeAmount.seconds(30)

    private let executor: LoopExecutor
    private let arguments: [String]
    private let directory: RunDirectory
    private let logger: Logger
    private var child: pid_t?
    private var startedAt = NIODeadline.now()
    private var failures = 0
    private var stopping = false
    private var timer: Scheduled<Void>?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameter program: path of `wa-connect-fcgi`.
    package init(on executor: LoopExecutor, program: String, workers: Int, configuration path: String, directory: RunDirectory, logger: Logger) {
        self.executor = executor
        self.directory = directory
        self.logger = logger
        arguments = [program, "--listen", "unix:\(directory.api)", "--workers", String(workers), "--config", path]
    }

    /// Starts the responder; one that an earlier daemon left sees its socket replaced and finishes by itself. Ended by us it would leave a moment without
    /// anybody who answers.
    package func start() { launch() }

    /// A child of this process has ended; called for every SIGCHLD.
    package func childEnded() {
        guard let pid = child else { return }
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return }
        child = nil
        guard !stopping else { return }
        failures = NIODeadline.now() - startedAt > Self.healthyLife ? 0 : failures + 1
        let pause = min(TimeAmount.seconds(failures == 0 ? 0 : 1 << Int64(min(failures, 6))), Self.longestPause)
        logger.warning("the responder ended; it is started again", metadata: ["status": "\(status)", "pause_s": "\(pause.nanoseconds / 1_000_000_000)"])
        timer = executor.loop.scheduleTask(in: pause) { [executor] in
            executor.start { await self.launch() }
        }
    }

    /// Asks the responder to finish its requests and takes the socket away, so that web servers use their other ways in.
    package func stop() {
        stopping = true
        timer?.cancel()
        guard let child else { return }
        unlink(directory.api)
        kill(child, SIGTERM)
        unlink(pidPath)
    }

    private var pidPath: String { directory.path + "/responder.pid" }

    private func launch() {
        guard child == nil, !stopping else { return }
        startedAt = .now()
        do {
            let pid = try ChildProcess.start(arguments)
            child = pid
            record(pid)
        } catch {
            logger.error("\(error)")
            failures += 1
            timer = executor.loop.scheduleTask(in: Self.longestPause) { [executor] in
                executor.start { await self.launch() }
            }
        }
    }

    private func record(_ pid: pid_t) {
        do { try PidFile(path: pidPath).write(pid) } catch { logger.warning("\(error)") }
    }
}
