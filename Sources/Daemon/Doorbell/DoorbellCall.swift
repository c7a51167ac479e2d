import Glibc

/// The blocking side of the doorbell that commands use: one connection, lines out, lines in.
package final class DoorbellCall {
    private let descriptor: Int32
    private var buffered: [UInt8] = []

    /// nil when no daemon listens.
    package init?(_ directory: RunDirectory) {
        let path = Array(directory.doorbell.utf8)
        var address = sockaddr_un()
        // The system's limit of a socket's path, its end included.
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }

    /// Sends a line; false when the daemon is gone.
    package func send(_ line: String) -> Bool {
        let bytes = Array((line + "\n").utf8)
        return Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// The next line, nil when the daemon hung up or nothing came within `milliseconds`.
    package func receive(milliseconds: Int32) -> String? {
        while true {
            if let end = buffered.firstIndex(of: 0x0A) {
                let line = String(decoding: buffered[..<end], as: UTF8.self)
                buffered.removeSubrange(...end)
                return line
            }
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard Glibc.poll(&poll, 1, milliseconds) > 0 else { return nil }
            var chunk = [UInt8](repeating: 0, count: 256)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0, buffered.count < 4_096 else { return nil }
            buffered += chunk.prefix(count)
        }
    }
}
