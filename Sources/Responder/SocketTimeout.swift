import Glibc

/// How long one read or write on a socket may block.
enum SocketTimeout {
    /// - Parameters:
    ///   - option: `SO_RCVTIMEO` or `SO_SNDTIMEO`.
    ///   - milliseconds: more than 0, which would mean for ever.
    static func set(_ option: Int32, _ milliseconds: Int32, of descriptor: Int32) {
        var limit = timeval(tv_sec: Int(milliseconds) / 1_000, tv_usec: suseconds_t(milliseconds % 1_000) * 1_000)
        setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
}
