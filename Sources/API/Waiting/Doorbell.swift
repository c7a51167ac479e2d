import Glibc

/// Rings at the daemon: one line on `run.dir/doorbell.sock`, answered when what it names is done.
///
/// The line is only a hint that rows have changed, the answer only a hint that they changed again: the caller re-reads the rows in any case.
package struct Doorbell: Sendable {
    package enum Ring: Sendable {
        /// An outbox row is new; answered when it is sent or failed.
        case outbox(session: Int64, row: Int64)
        /// A row of `wa_actions` is new; answered when it is done or failed.
        case action(session: Int64, row: Int64)
        /// What is wanted of a session has changed; answered when its row says how that went.
        case session(Int64)
        /// Numbers are to be asked for; answered when WhatsApp has said whether they are registered, or can not.
        case numbers(Int64)
        /// Names and groups are to be fetched anew; answered when that has begun.
        case sync(Int64)
        /// Answered at once.
        case ping
        /// Deliveries of webhooks are due that nobody told the daemon of; answered at once.
        case webhooks

        var line: String {
            switch self {
            case .outbox(let session, let row): "outbox \(session) \(row)\n"
            case .action(let session, let row): "action \(session) \(row)\n"
            case .session(let id): "session \(id)\n"
            case .numbers(let id): "numbers \(id)\n"
            case .sync(let id): "sync \(id)\n"
            case .ping: "ping\n"
            case .webhooks: "webhooks\n"
            }
        }
    }

    package enum Answer: Sendable, Equatable {
        case answered(String)
        /// The daemon took the line, but the deadline passed or it hung up.
        case unanswered
        /// Nobody listens.
        case stopped
    }

    private let path: String
    package init(runDirectory: String) { path = runDirectory + "/doorbell.sock" }

    /// Sends the line and waits for the answer until the deadline; a deadline that has passed still delivers the line.
    package func ring(_ ring: Ring, until deadline: Deadline) -> Answer {
        guard let descriptor = connected() else { return .stopped }
        defer { close(descriptor) }
        guard send(ring.line, to: descriptor) else { return .stopped }
        return answer(from: descriptor, until: deadline)
    }

    private func connected() -> Int32? {
        guard var address = Self.address(path) else { return nil }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        // A full backlog (EAGAIN) also counts as nobody there: the rows are swept anyway.
        guard status == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// nil where the path is longer than the 107 bytes that a socket's address holds.
    static func address(_ path: String) -> sockaddr_un? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { field in
            guard bytes.count < field.count else { return false }
            field.copyBytes(from: bytes)
            return true
        }
        return fits ? address : nil
    }

    private func send(_ line: String, to descriptor: Int32) -> Bool {
        let bytes = Array(line.utf8)
        // A line fits into the buffer of a fresh socket at once.
        return Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    private func answer(from descriptor: Int32, until deadline: Deadline) -> Answer {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 256)
        while received.count < 1_024 {
            var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&wait, 1, deadline.remaining)
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return .unanswered }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return .unanswered }
            received.append(contentsOf: buffer.prefix(count))
            if let end = received.firstIndex(of: 0x0A) { return .answered(String(decoding: received[..<end], as: UTF8.self)) }
        }
        return .unanswered
    }
}
