import CGlibcMore
import Glibc

/// What a worker of a pool is besides a FastCGI server.
enum Worker {
    /// A worker whose pool was killed would listen on for ever beside its successors.
    static func endsWithItsPool() {
        let parentDeathSignal: Int32 = 1  // PR_SET_PDEATHSIG
        _ = prctl(parentDeathSignal, UInt(SIGTERM), 0, 0, 0)
        if getppid() == 1 { exit(0) }
    }

    /// Started as `/proc/self/exe` it would be called `exe` in lists of processes.
    static func takesItsName() {
        let setName: Int32 = 15  // PR_SET_NAME
        _ = "wa-connect-fcgi".withCString { prctl(setName, UInt(bitPattern: $0), 0, 0, 0) }
    }
}
