import Glibc
import Testing

@testable import Daemon

struct DaemonLockTests {
    @Test func onlyOneHoldsIt() throws {
        let directory = try TemporaryDirectory()
        try directory.run.make()
        #expect(!DaemonLock.isHeld(directory.run))
        var first = try DaemonLock(directory.run)
        #expect(first != nil)
        #expect(DaemonLock.isHeld(directory.run))
        #expect(try DaemonLock(directory.run) == nil)
        first = nil
        #expect(!DaemonLock.isHeld(directory.run))
        #expect(try DaemonLock(directory.run) != nil)
    }

    @Test func thePidFileHoldsOnlyPids() throws {
        let directory = try TemporaryDirectory()
        try directory.run.make()
        let file = PidFile(directory.run)
        #expect(file.read() == nil)
        try file.write(4_711)
        #expect(file.read() == 4_711)
        for text in ["", "-1", "0", "1", "abc", "99999999999999999999"] {
            let other = try #require(fopen(directory.run.pid, "we"))
            fputs(text, other)
            fclose(other)
            #expect(file.read() == nil, "\(text)")
        }
    }

    @Test func otherUsersMayPassThroughTheRunDirectoryButNotList() throws {
        let directory = try TemporaryDirectory()
        try directory.run.make()
        var status = stat()
        #expect(stat(directory.run.path, &status) == 0 && status.st_mode & 0o066 == 0)
        #expect(throws: ShellFailure.self) { try RunDirectory("/proc/nowhere/run").make() }
    }
}
