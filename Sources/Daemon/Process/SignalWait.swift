import Glibc

/// The signals that the daemon's main thread waits for; all other threads have them blocked.
package struct SignalWait {
    package enum Event: Equatable {
        case stop
        /// A child process ended.
        case child
        /// The time limit that ``limit(seconds:)`` set is over.
        case alarm
        /// ``finished()`` was called.
        case finished
    }

    private var set = sigset_t()

    /// Blocks the signals; call before any thread is started, since threads inherit it.
    package init() {
        sigemptyset(&set)
        for signal in [SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGALRM, SIGUSR2] { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Sleeps until one of them comes.
    package mutating func next() -> Event {
        while true {
            var number: Int32 = 0
            guard sigwait(&set, &number) == 0 else { continue }
            switch number {
            case SIGTERM, SIGINT: return .stop
            case SIGCHLD: return .child
            case SIGALRM: return .alarm
            case SIGUSR2: return .finished
            // A closed terminal is no reason to end.
            default: continue
            }
        }
    }

    package static func limit(seconds: UInt32) { alarm(seconds) }
    /// Ends the daemon from within, as the signal from outside does.
    package static func stop() { kill(getpid(), SIGTERM) }
    /// Wakes ``next()`` from another thread.
    package static func finished() { kill(getpid(), SIGUSR2) }
}
