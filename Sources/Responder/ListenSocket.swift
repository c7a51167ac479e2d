import Glibc

/// A bound socket. A Unix socket is made under a temporary name and renamed into place, so that the path never leads nowhere and
/// workers that still listen on the old one finish what they took.
struct ListenSocket {
    let descriptor: Int32
    /// Path and inode of a Unix socket, nil for TCP.
    private let file: (path: String, inode: UInt64)?

    /// - Parameter mode: of the socket file; 0600, or 0666 where the web server runs as another user.
    static func open(_ address: ListenAddress, mode: UInt32) throws -> ListenSocket {
        switch address {
        case .unix(let path): try unix(path, mode: mode)
        case .tcp(let host, let port): try tcp(host, port)
        }
    }

    private static func unix(_ path: String, mode: UInt32) throws -> ListenSocket {
        let temporary = "\(path).\(getpid())"
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(temporary.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SystemError("\(path): too long for a socket, choose a shorter run.dir", number: ENAMETOOLONG)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let descriptor = try newSocket(AF_UNIX)
        unlink(temporary)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        guard status == 0 else { throw SystemError("bind \(temporary)") }
        guard chmod(temporary, mode) == 0 else { throw SystemError("chmod \(temporary)") }
        try startListening(descriptor)
        guard let inode = inode(of: temporary), rename(temporary, path) == 0 else { throw SystemError("rename \(temporary)") }
        return ListenSocket(descriptor: descriptor, file: (path, inode))
    }

    private static func tcp(_ host: String, _ port: UInt16) throws -> ListenSocket {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let name = host == "localhost" ? "127.0.0.1" : host
        guard getaddrinfo(name, String(port), &hints, &found) == 0, let info = found else {
            throw SystemError("--listen: `\(host)` is no numeric address", number: EINVAL)
        }
        defer { freeaddrinfo(found) }
        let descriptor = try newSocket(info.pointee.ai_family)
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, info.pointee.ai_addr, info.pointee.ai_addrlen) == 0 else { throw SystemError("bind \(host):\(port)") }
        try startListening(descriptor)
        return ListenSocket(descriptor: descriptor, file: nil)
    }

    private static func newSocket(_ family: Int32) throws -> Int32 {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemError("socket") }
        return descriptor
    }

    private static func startListening(_ descriptor: Int32) throws {
        guard listen(descriptor, 64) == 0 else { throw SystemError("listen") }
    }

    private static func inode(of path: String) -> UInt64? {
        var status = stat()
        return lstat(path, &status) == 0 ? UInt64(status.st_ino) : nil
    }

    /// False once another server has renamed its own socket over ours, or somebody removed it: then nobody can reach us.
    var isInPlace: Bool {
        guard let file else { return true }
        return Self.inode(of: file.path) == file.inode
    }

    /// Takes the path away, unless it belongs to a successor.
    func remove() {
        if let file, isInPlace { unlink(file.path) }
    }
}
