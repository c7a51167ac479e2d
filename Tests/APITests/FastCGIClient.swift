import Glibc

@testable import API

/// A web server's side of FastCGI, as much as a test needs: one request on one connection. Source: FastCGI specification 1.0.
enum FastCGIClient {
    /// - Parameter ends: false for a body that a web server stops passing on in its middle.
    /// - Returns: everything that came on the output stream; nil where nobody listens or the connection broke.
    static func ask(socket path: String, _ parameters: [String: String], body: [UInt8] = [], ends: Bool = true) -> String? {
        guard var address = Doorbell.address(path) else { return nil }
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        guard connected == 0 else { return nil }
        var request = record(1, [0, 1, 0, 0, 0, 0, 0, 0])
        request += record(4, parameters.flatMap { pair($0.key, $0.value) }) + record(4, [])
        for start in stride(from: 0, to: body.count, by: 65_000) {
            request += record(5, Array(body[start..<min(body.count, start + 65_000)]))
        }
        if ends { request += record(5, []) }
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return nil }
            sent += count
        }
        return output(descriptor)
    }

    private static func record(_ type: UInt8, _ content: [UInt8]) -> [UInt8] {
        [1, type, 0, 1, UInt8(content.count >> 8), UInt8(content.count & 0xFF), 0, 0] + content
    }

    private static func pair(_ name: String, _ value: String) -> [UInt8] {
        func length(_ count: Int) -> [UInt8] {
            count < 128
                ? [UInt8(count)] : [UInt8(count >> 24) | 0x80, UInt8(count >> 16 & 0xFF), UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)]
        }
        return length(name.utf8.count) + length(value.utf8.count) + Array(name.utf8) + Array(value.utf8)
    }

    private static func output(_ descriptor: Int32) -> String? {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 { received += buffer.prefix(count) }
        var text: [UInt8] = []
        var rest = received[...]
        while rest.count >= 8 {
            let header = Array(rest.prefix(8))
            let content = Int(header[4]) << 8 | Int(header[5])
            if header[1] == 3 { return String(decoding: text, as: UTF8.self) }
            if header[1] == 6 { text += rest.dropFirst(8).prefix(content) }
            rest = rest.dropFirst(8 + content + Int(header[6]))
        }
        return nil
    }
}
