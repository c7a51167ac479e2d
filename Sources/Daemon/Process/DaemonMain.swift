import Glibc
import Logging
import Model
import NIOPosix
import Synchronization

/// The daemon from its start to its end: lock, log, signals, and the household that does the work.
struct DaemonMain {
    /// How long an orderly end may take.
    static let stopSeconds: UInt32 = 5
    private let loaded: LoadedConfiguration
    private let makeSession: Household.MakeSession

    init(_ loaded: LoadedConfiguration, makeSession: @escaping Household.MakeSession) {
        self.loaded = loaded
        self.makeSession = makeSession
    }

    /// Returns when a signal ended the daemon.
    /// - Throws: ``ShellFailure`` when it could not start; the starter has been told the same words.
    func run() throws(ShellFailure) {
        var signals = SignalWait()
        umask(0o077)
        do throws(ShellFailure) {
            try serve(&signals)
        } catch {
            ReadyPipe.tell(error.description)
            throw error
        }
    }

    private func serve(_ signals: inout SignalWait) throws(ShellFailure) {
        let directory = loaded.runDirectory
        try directory.make()
        guard let lock = try DaemonLock(directory) else {
            throw .failed("a daemon runs already for \(directory.path); see `wa-connect status`")
        }
        defer { withExtendedLifetime(lock) {} }
        let logger = try openLog()
        try PidFile(directory).write(getpid())
        defer { PidFile(directory).remove() }
        // One event loop, whatever the number of cores.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let executor = LoopExecutor(group.next())
        let household = Household(loaded, executor: executor, makeSession: makeSession, logger: logger, leave: SignalWait.stop)
        let failure = StartFailure()
        executor.start {
            do throws(ShellFailure) {
                try await household.open()
                logger.notice("started", metadata: ["pid": "\(getpid())"])
                ReadyPipe.tell(ReadyPipe.ready)
            } catch {
                failure.value.withLock { $0 = error }
                SignalWait.finished()
            }
        }
        wait(for: &signals, household: household, executor: executor)
        if let failure = failure.value.withLock({ $0 }) {
            logger.error("\(failure)")
            throw failure
        }
        logger.notice("stopped")
    }

    private func wait(for signals: inout SignalWait, household: Household, executor: LoopExecutor) {
        var stopping = false
        while true {
            switch signals.next() {
            case .child: executor.start { await household.childEnded() }
            case .finished: return
            case .alarm: if stopping { return }
            case .stop where stopping: return
            case .stop:
                stopping = true
                SignalWait.limit(seconds: Self.stopSeconds)
                executor.start {
                    await household.close()
                    SignalWait.finished()
                }
            }
        }
    }

    /// Carries the reason from the event loop's thread to the main one.
    private final class StartFailure: Sendable {
        let value = Mutex<ShellFailure?>(nil)
    }

    private func openLog() throws(ShellFailure) -> Logger {
        let settings = loaded.configuration.log
        let file = try LogFile(path: settings.file, maxBytes: settings.maxBytes, keep: settings.keep)
        let level: Logger.Level = switch settings.level {
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        }
        var logger = Logger(label: "wa-connect") { _ in FileLogHandler(file: file, level: level, now: SystemClock.now) }
        logger.logLevel = level
        return logger
    }
}
