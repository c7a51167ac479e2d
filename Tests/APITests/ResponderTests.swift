import Foundation
import Testing

@testable import API

@Suite struct ResponderTests {
    private let directory = TemporaryDirectory()
    private var socket: String { directory.path + "/api.sock" }

    private func configuration(waiting: Int = 2) throws -> String {
        let path = directory.path + "/wa-connect.conf"
        let text = """
            db.socket = \(directory.path)/none
            db.name = none
            db.user = none
            db.password = ""
            secret.key = \(String(repeating: "07", count: 32))
            run.dir = \(directory.path)
            api.socket_mode = 0666
            api.waiting = \(waiting)
            """
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func health(_ method: String = "GET") -> String? {
        FastCGIClient.ask(socket: socket, ["REQUEST_METHOD": method, "REQUEST_URI": "/api/v1/health"])
    }

    /// A condition that another process brings about.
    private func comesTrue(_ condition: () -> Bool) -> Bool {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            if condition() { return true }
            usleep(10_000)
        }
        return false
    }

    private func children(of parent: Int32) -> [Int32] {
        let path = "/proc/\(parent)/task/\(parent)/children"
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
    }

    @Test func plainCGI() throws {
        let get = ["REQUEST_METHOD": "GET", "REQUEST_URI": "/api/api.cgi/v1/health"]
        let answer = try ResponderProcess(["--config", try configuration()], environment: get).finish()
        #expect(answer.status == 0)
        #expect(answer.output.hasPrefix("Status: 200 OK\r\n") && answer.output.contains("\r\nCache-Control: no-store\r\n"))
        let post = [
            "REQUEST_METHOD": "POST", "REQUEST_URI": "/api/v1/messages/send-text", "CONTENT_LENGTH": "2", "HTTP_X_API_KEY": "k",
            "WA_CONNECT_CONFIG": try configuration(),
        ]
        #expect(try ResponderProcess([], environment: post).finish("{}").output.contains("database_unavailable"))
        #expect(try ResponderProcess(["--config", "/nonexistent"], environment: get).finish().output.contains("not_configured"))
        #expect(try ResponderProcess([]).finish().status == 2)
        #expect(try ResponderProcess(["--workers", "0"]).finish().status == 2)
        #expect(try ResponderProcess(["--listen", "unix:relative"]).finish().status == 2)
    }

    @Test func aPoolServesAndEndsInOrder() throws {
        let pool = try ResponderProcess(["--listen", "unix:\(socket)", "--workers", "2", "--config", try configuration()])
        #expect(comesTrue { health() != nil })
        #expect(health()?.contains("WA-Connect API is running") == true)
        let head = try #require(health("HEAD"))
        #expect(head.hasPrefix("Status: 200 OK\r\n") && head.hasSuffix("\r\n\r\n") && head.contains("Content-Length: 9"))
        let mode = try FileManager.default.attributesOfItem(atPath: socket)[.posixPermissions] as? Int
        #expect(mode == 0o666)
        // A worker that crashes is replaced.
        let before = children(of: pool.process.processIdentifier)
        #expect(before.count == 2)
        kill(try #require(before.first), SIGKILL)
        #expect(comesTrue { children(of: pool.process.processIdentifier).filter { !before.contains($0) }.count == 1 })
        #expect(health() != nil)
        #expect(pool.terminate() == 0)
        #expect(!FileManager.default.fileExists(atPath: socket))
        #expect(health() == nil)
    }

    @Test func aSuccessorTakesThePathOver() throws {
        let arguments = ["--listen", "unix:\(socket)", "--workers", "1", "--config", try configuration()]
        let first = try ResponderProcess(arguments)
        #expect(comesTrue { health() != nil })
        let second = try ResponderProcess(arguments)
        #expect(comesTrue { !first.process.isRunning })
        #expect(health() != nil)
        #expect(second.terminate() == 0)
    }

    @Test func workersEndWithAPoolThatWasKilled() throws {
        let pool = try ResponderProcess(["--listen", "unix:\(socket)", "--config", try configuration()])
        #expect(comesTrue { health() != nil })
        kill(pool.process.processIdentifier, SIGKILL)
        pool.process.waitUntilExit()
        #expect(comesTrue { health() == nil })
    }

    @Test func bodiesOverTheLimit() throws {
        let pool = try ResponderProcess(["--listen", "unix:\(socket)", "--config", try configuration()])
        #expect(comesTrue { health() != nil })
        // The path is judged first, so that what was read shows in an answer without a database.
        let big = [UInt8](repeating: 0x61, count: 3 << 20)
        let post = ["REQUEST_METHOD": "POST", "REQUEST_URI": "/api/v1/messages/send-text", "CONTENT_LENGTH": String(big.count)]
        #expect(FastCGIClient.ask(socket: socket, post, body: big)?.contains("database_unavailable") == true)
        for junk in ["\u{0}", "%", "/v1/%FF", String(repeating: "/", count: 20_000), "/v1/health?" + String(repeating: "&", count: 20_000)]
        {
            #expect(
                FastCGIClient.ask(socket: socket, ["REQUEST_METHOD": "GET", "REQUEST_URI": junk, "HTTP_X": "\u{0}=", "=": "="])?.hasPrefix(
                    "Status: ") == true)
        }
        #expect(FastCGIClient.ask(socket: socket, [:])?.hasPrefix("Status: 404 Not Found") == true)
        #expect(health() != nil)
        #expect(pool.terminate() == 0)
    }

    /// One worker and no slot to wait in: half a body is answered at once.
    @Test func aSlowBodyIsNotWaitedForWithoutASlot() throws {
        let pool = try ResponderProcess(["--listen", "unix:\(socket)", "--config", try configuration(waiting: 0)])
        #expect(comesTrue { health() != nil })
        let began = ContinuousClock.now
        for length in ["100", "9000000", nil] {
            var post = ["REQUEST_METHOD": "POST", "REQUEST_URI": "/api/v1/messages/send-text"]
            post["CONTENT_LENGTH"] = length
            #expect(FastCGIClient.ask(socket: socket, post, body: [0x7B], ends: false)?.contains("database_unavailable") == true)
        }
        // Chunked, complete: what libfcgi already holds needs no slot.
        let chunked = ["REQUEST_METHOD": "POST", "REQUEST_URI": "/api/v1/messages/send-text"]
        #expect(FastCGIClient.ask(socket: socket, chunked, body: [0x7B, 0x7D]) != nil)
        #expect(ContinuousClock.now - began < .seconds(6))
        #expect(pool.terminate() == 0)
    }

    /// The server keeps the program's input open, and nothing more comes.
    @Test func aSlowBodyUnderCGI() throws {
        let slow = [
            "REQUEST_METHOD": "POST", "REQUEST_URI": "/api/v1/messages/send-text", "CONTENT_LENGTH": "100",
            "WA_CONNECT_CONFIG": try configuration(waiting: 0),
        ]
        let began = ContinuousClock.now
        let responder = try ResponderProcess([], environment: slow)
        responder.process.waitUntilExit()
        #expect(ContinuousClock.now - began < .seconds(6))
    }

    @Test func neitherFoundationNorICUAreLinked() throws {
        let program = try Data(contentsOf: ResponderProcess.executable)
        for library in ["libFoundation.so", "lib_FoundationICU.so", "libFoundationInternationalization.so", "libicu"] {
            #expect(program.range(of: Data(library.utf8)) == nil, "the responder links \(library)")
        }
        #expect(program.range(of: Data("libfcgi.so".utf8)) != nil || program.range(of: Data("FCGX_Accept_r".utf8)) != nil)
    }
}
