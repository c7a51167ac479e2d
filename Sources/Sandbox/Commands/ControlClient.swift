import ArgumentParser
import FoundationEssentials
import Glibc

/// Where the sandbox is, for the commands that talk to it.
struct ControlOptions: ParsableArguments {
    @Option(help: "Address of the control interface, http://127.0.0.1:PORT; otherwise from $WA_SANDBOX_CONTROL.")
    var control: String?
    @Flag(help: "Prints the answer as JSON.")
    var json = false

    func client() throws -> ControlClient {
        guard let address = control ?? getenv("WA_SANDBOX_CONTROL").map({ String(cString: $0) }) else {
            throw ControlClient.Failure(
                description: "no sandbox: give --control or set WA_SANDBOX_CONTROL, as `wa-sandbox serve` printed it")
        }
        return try ControlClient(address: address)
    }
}

/// A blocking HTTP client for one request at a time to loopback; more would not be used.
struct ControlClient {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let port: UInt16

    init(address: String) throws(Failure) {
        let prefixes = ["http://127.0.0.1:", "http://localhost:"]
        guard let prefix = prefixes.first(where: address.hasPrefix), let port = UInt16(address.dropFirst(prefix.count).prefix { $0 != "/" })
        else {
            throw Failure(description: "\(address) is not http://127.0.0.1:PORT")
        }
        self.port = port
    }

    func get<Answer: Decodable>(_ path: String, as type: Answer.Type) throws -> (Answer, [UInt8]) {
        try request("GET", path, body: [], as: type)
    }

    func post<Answer: Decodable>(_ path: String, _ body: some Encodable, as type: Answer.Type) throws -> (Answer, [UInt8]) {
        try request("POST", path, body: Array(try JSONEncoder().encode(body)), as: type)
    }

    private struct Refused: Decodable {
        struct Detail: Decodable { let message: String }
        let error: Detail
    }

    private func request<Answer: Decodable>(
        _ method: String, _ path: String, body: [UInt8], as type: Answer.Type
    ) throws -> (Answer, [UInt8]) {
        let head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        let answer = try exchange(Array(head.utf8) + body)
        guard let end = answer.firstRange(of: Array("\r\n\r\n".utf8)), let status = Self.status(answer) else {
            throw Failure(description: "the sandbox's answer is no HTTP")
        }
        let content = Array(answer[end.upperBound...])
        guard (200...299).contains(status) else {
            let refused = try? JSONDecoder().decode(Refused.self, from: Data(content))
            throw Failure(description: refused?.error.message ?? "the sandbox answered \(status)")
        }
        return (try JSONDecoder().decode(type, from: Data(content)), content)
    }

    private static func status(_ answer: [UInt8]) -> Int? {
        let line = answer.prefix { $0 != 0x0D }.split(separator: 0x20)
        return line.count > 1 ? Int(String(decoding: line[1], as: UTF8.self)) : nil
    }

    /// Sends everything and reads until the other side closes.
    private func exchange(_ bytes: [UInt8]) throws(Failure) -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(description: "no socket") }
        defer { Glibc.close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard connected == 0 else { throw Failure(description: "no sandbox answers at 127.0.0.1:\(port)") }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw Failure(description: "the sandbox closed the connection") }
            sent += count
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 0 else { throw Failure(description: "the sandbox's answer broke off") }
            if count == 0 { return answer }
            answer += buffer[..<count]
        }
    }
}
