import Glibc
import Logging
import Model
import Testing

@testable import Daemon

struct LogTests {
    @Test func masksNumbersButNotTimesAndShortNumbers() {
        #expect(NumberMask.masked("from 96891234567@s.whatsapp.net at 12:30:01, row 123456") == "from *******4567@s.whatsapp.net at 12:30:01, row 123456")
        #expect(NumberMask.masked("") == "")
    }

    @Test func aLineStaysOneLineAndIsMasked() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/log"
        var handler = FileLogHandler(
            file: try LogFile(path: path, maxBytes: 10_000, keep: 1), level: .info, now: { Timestamp(seconds: 1_700_000_000) })
        handler[metadataKey: "chat"] = "96891234567"
        var logger = Logger(label: "test") { _ in handler }
        logger.logLevel = .info
        logger.info("one\n2026 error forged")
        logger.debug("not shown")
        let text = try #require(TextFile.read(path))
        #expect(text == "2023-11-14T22:13:20.000Z info one 2026 error forged chat=*******4567\n")
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test func rotatesAndKeepsSoMany() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/log"
        let file = try LogFile(path: path, maxBytes: 1_024, keep: 2)
        for number in 0..<100 { file.write("line \(number) " + String(repeating: "x", count: 90)) }
        #expect(TextFile.read(path)?.contains("line 99 ") == true)
        for suffix in ["", ".1", ".2"] { #expect(try #require(TextFile.read(path + suffix)).utf8.count <= 1_024) }
        #expect(TextFile.read(path + ".1")?.contains("line 89 ") == true)
        #expect(TextFile.read(path + ".3") == nil)
    }

    @Test func saysWhichSettingToMend() throws {
        #expect(throws: ShellFailure.self) { try LogFile(path: "/nonexistent/dir/log", maxBytes: 1, keep: 1) }
    }
}
