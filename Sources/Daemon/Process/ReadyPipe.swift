import Glibc

/// The descriptor 3 that ``DetachedStart`` gives to the daemon; absent when the daemon was started by hand.
struct ReadyPipe {
    static let ready = "ready"
    private static let descriptor: Int32 = 3

    /// Tells the starter that the daemon stands, or why it fell. Only the first call has an effect.
    static func tell(_ text: String) {
        var status = stat()
        // By hand, 3 may be anything or nothing: only a pipe is ours.
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else { return }
        _ = text.withCString { write(descriptor, $0, strlen($0)) }
        close(descriptor)
    }
}
