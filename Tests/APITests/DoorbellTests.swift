import Testing

@testable import API

@Suite struct DoorbellTests {
    private let directory = TemporaryDirectory()

    @Test func answersAreReturned() throws {
        let bell = try FakeDoorbell(runDirectory: directory.path) { "done " + ($0.split(separator: " ").last ?? "") }
        defer { bell.stop() }
        let answer = Doorbell(runDirectory: directory.path).ring(.outbox(session: 3, row: 77), until: Deadline(5_000))
        #expect(answer == .answered("done 77"))
        #expect(bell.heard == ["outbox 3 77"])
    }

    @Test func absentAndDeadDaemonsAreStopped() throws {
        let doorbell = Doorbell(runDirectory: directory.path)
        #expect(doorbell.ring(.ping, until: Deadline(5_000)) == .stopped)
        let bell = try FakeDoorbell(runDirectory: directory.path) { _ in "pong 1" }
        bell.stop()
        #expect(doorbell.ring(.ping, until: Deadline(5_000)) == .stopped)
        let long = Doorbell(runDirectory: "/" + String(repeating: "x", count: 200))
        #expect(long.ring(.ping, until: Deadline(5_000)) == .stopped)
    }

    @Test func silenceEndsAtTheDeadline() throws {
        let bell = try FakeDoorbell(runDirectory: directory.path) { _ in "" }
        defer { bell.stop() }
        let start = ContinuousClock.now
        #expect(Doorbell(runDirectory: directory.path).ring(.session(1), until: Deadline(50)) == .unanswered)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func hangingUpAndEndlessLinesAreNoAnswer() throws {
        let bell = try FakeDoorbell(runDirectory: directory.path) { $0 == "ping" ? nil : String(repeating: "x", count: 5_000) }
        defer { bell.stop() }
        #expect(Doorbell(runDirectory: directory.path).ring(.ping, until: Deadline(5_000)) == .unanswered)
        #expect(Doorbell(runDirectory: directory.path).ring(.session(1), until: Deadline(5_000)) == .unanswered)
    }

    private func isFree(of count: Int, in directory: String) -> Bool {
        guard let slot = WaitingSlot(runDirectory: directory, count: count) else { return false }
        slot.release()
        return true
    }

    @Test func slotsAreFewAndComeBack() throws {
        let path = directory.path
        guard let first = WaitingSlot(runDirectory: path, count: 2), let second = WaitingSlot(runDirectory: path, count: 2) else {
            Issue.record("two slots should be free")
            return
        }
        #expect(!isFree(of: 2, in: path))
        first.release()
        #expect(isFree(of: 2, in: path))
        #expect(!isFree(of: 0, in: path))
        #expect(!isFree(of: 2, in: "/nonexistent"))
        second.release()
    }
}
