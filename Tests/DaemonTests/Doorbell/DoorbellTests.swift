import Glibc
import Logging
import NIOPosix
import Synchronization
import Testing

@testable import Daemon

struct DoorbellTests {
    /// What the rows say, and the rings that arrived.
    private final class Rows: Sendable {
        let done = Mutex<Set<Int64>>([])
        let answered = Mutex<Set<Int64>>([])
        let rings = Mailbox<String>()

        var desk: Doorbell.Desk {
            Doorbell.Desk(
                outboxRang: { await self.rings.add("outbox \($0)") }, wishRang: { await self.rings.add("wish \($0)") },
                numbersRang: { session in
                    await self.rings.add("numbers \(session)")
                    return session == 1
                },
                syncRang: { session in
                    await self.rings.add("sync \(session)")
                    return session == 1
                },
                outboxIsDone: { row in self.done.withLock { $0.contains(row) } },
                wishIsAnswered: { session, _ in self.answered.withLock { $0.contains(session) } })
        }
    }

    private func open(_ body: (Doorbell, Rows, RunDirectory) async throws -> Void) async throws {
        let directory = try TemporaryDirectory()
        try directory.run.make()
        let rows = Rows()
        let executor = LoopExecutor(MultiThreadedEventLoopGroup.singleton.next())
        let doorbell = Doorbell(on: executor, desk: rows.desk, logger: Logger(label: "test"))
        try await doorbell.open(at: directory.run.doorbell)
        try await body(doorbell, rows, directory.run)
        await doorbell.close(path: directory.run.doorbell)
        #expect(access(directory.run.doorbell, F_OK) != 0)
    }

    @Test func onlyTheOwnerMayRing() async throws {
        try await open { _, _, run in
            var status = stat()
            #expect(stat(run.doorbell, &status) == 0 && status.st_mode & 0o777 == 0o600)
        }
    }

    @Test func answersPingsAndUnknownLines() async throws {
        try await open { _, _, run in
            let call = try #require(DoorbellCall(run))
            #expect(call.send("ping"))
            #expect(call.receive(milliseconds: 5_000) == "pong \(getpid())")
            for line in ["", "outbox 1", "outbox 0 1", "outbox 1 -1", "session x", "ping 1", "outbox 99999999999999999999 1"] {
                #expect(call.send(line))
                #expect(call.receive(milliseconds: 5_000) == "error unknown line", "\(line)")
            }
        }
    }

    @Test func aRingCountsThoughNobodyWaitsForItsAnswer() async throws {
        try await open { _, rows, run in
            for line in ["outbox 1 5", "session 2"] {
                let call = try #require(DoorbellCall(run))
                #expect(call.send(line))
            }
            let rings = [await rows.rings.next(), await rows.rings.next()]
            #expect(Set(rings.compactMap { $0 }) == ["outbox 1", "wish 2"])
        }
    }

    @Test func cutsOffEndlessLines() async throws {
        try await open { _, _, run in
            let call = try #require(DoorbellCall(run))
            #expect(call.send(String(repeating: "x", count: 1_000)))
            #expect(call.receive(milliseconds: 5_000) == nil)
        }
    }

    @Test func answersWhenTheRowIsDone() async throws {
        try await open { doorbell, rows, run in
            let call = try #require(DoorbellCall(run))
            #expect(call.send("outbox 7 42"))
            #expect(await rows.rings.next() == "outbox 7")
            await doorbell.outboxDone(row: 41)
            await doorbell.outboxDone(row: 42)
            #expect(call.receive(milliseconds: 5_000) == "done 42")
        }
    }

    @Test func answersAtOnceForARowThatIsDone() async throws {
        try await open { _, rows, run in
            rows.done.withLock { _ = $0.insert(42) }
            let call = try #require(DoorbellCall(run))
            #expect(call.send("outbox 7 42"))
            #expect(call.receive(milliseconds: 5_000) == "done 42")
        }
    }

    @Test func answersAWishOnceTheRowAnswersIt() async throws {
        try await open { doorbell, rows, run in
            let call = try #require(DoorbellCall(run))
            #expect(call.send("session 7"))
            #expect(await rows.rings.next() == "wish 7")
            await doorbell.sessionChanged(7)
            rows.answered.withLock { _ = $0.insert(7) }
            await doorbell.sessionChanged(7)
            #expect(call.receive(milliseconds: 5_000) == "done")
            // A second answer would show that the first change was answered too.
            #expect(call.send("ping"))
            #expect(call.receive(milliseconds: 5_000)?.hasPrefix("pong") == true)
        }
    }

    @Test func watchersSeeEveryChange() async throws {
        try await open { doorbell, _, run in
            let call = try #require(DoorbellCall(run))
            #expect(call.send("watch 7"))
            #expect(call.receive(milliseconds: 5_000) == "changed")
            await doorbell.sessionChanged(7)
            #expect(call.receive(milliseconds: 5_000) == "changed")
        }
    }

    @Test func nobodyListensWithoutADaemon() throws {
        #expect(DoorbellCall(RunDirectory("/tmp/no-such-directory")) == nil)
        #expect(DoorbellCall(RunDirectory("/tmp/" + String(repeating: "x", count: 200))) == nil)
    }
}
