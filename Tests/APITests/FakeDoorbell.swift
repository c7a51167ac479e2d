import Foundation
import Glibc
import Synchronization

@testable import API

/// A daemon that only has a doorbell: listens in a directory of its own and answers as the test says.
final class FakeDoorbell: Sendable {
    private let descriptor: Int32
    private let lines = Mutex<[String]>([])
    private let news = NSCondition()
    /// Gets a line; nil hangs up, an empty text stays silent until the caller goes away.
    typealias Script = @Sendable (String) -> String?

    init(runDirectory: String, _ script: @escaping Script) throws {
        let path = runDirectory + "/doorbell.sock"
        unlink(path)
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard var address = Doorbell.address(path) else { throw CocoaError(.fileNoSuchFile) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        guard bound == 0, listen(descriptor, 16) == 0 else { throw CocoaError(.fileWriteUnknown) }
        let listener = descriptor
        Thread.detachNewThread { [self] in
            while case let client = accept(listener, nil, nil), client >= 0 {
                Thread.detachNewThread { self.serve(client, script) }
            }
        }
    }

    private func serve(_ client: Int32, _ script: Script) {
        defer { close(client) }
        var received: [UInt8] = []
        var byte: UInt8 = 0
        while recv(client, &byte, 1, 0) == 1, byte != 0x0A { received.append(byte) }
        guard !received.isEmpty else { return }
        let line = String(decoding: received, as: UTF8.self)
        news.lock()
        lines.withLock { $0.append(line) }
        news.broadcast()
        news.unlock()
        guard let answer = script(line) else { return }
        if answer.isEmpty {
            _ = recv(client, &byte, 1, 0)
        } else {
            _ = Glibc.send(client, answer + "\n", answer.utf8.count + 1, Int32(MSG_NOSIGNAL))
        }
    }

    var heard: [String] { lines.withLock { $0 } }

    /// Waits for a line that its caller does not wait for.
    func hears(_ line: String) -> Bool {
        let deadline = Date(timeIntervalSinceNow: 20)
        news.lock()
        defer { news.unlock() }
        while !heard.contains(line) {
            if !news.wait(until: deadline) { return false }
        }
        return true
    }

    /// The daemon is gone; its socket file stays, as after a kill.
    func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }
}

/// A directory that is gone with the test.
final class TemporaryDirectory: Sendable {
    let path: String
    init() {
        path = NSTemporaryDirectory() + "wa-api-" + UUID().uuidString.prefix(8)
        mkdir(path, 0o700)
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }
}
