import Logging
import Model
import NIOPosix
import Synchronization
import Testing

@testable import Daemon

struct SupervisorTests {
    private actor FakeSession: RunningSession {
        let id: Int64
        let events: Mailbox<String>
        private var end: CheckedContinuation<Void, Never>?
        private var stopped = false

        init(_ id: Int64, _ events: Mailbox<String>) {
            self.id = id
            self.events = events
        }

        func run() async {
            await events.add("run \(id)")
            await withCheckedContinuation { if stopped { $0.resume() } else { end = $0 } }
            await events.add("end \(id)")
        }
        func wishRang() async { await events.add("wish \(id)") }
        func outboxRang() async {}
        func actionsRang() async {}
        func sweep() async {}
        func numbersRang() async -> Bool { true }
        func syncRang() async -> Bool { true }
        func stop() async {
            stopped = true
            end?.resume()
            end = nil
        }
    }

    private final class World: Sendable {
        let rows = Mutex<[SessionNeed]>([])
        let events = Mailbox<String>()
        let failing = Mutex(false)

        func supervisor() -> Supervisor {
            Supervisor(
                on: LoopExecutor(MultiThreadedEventLoopGroup.singleton.next()),
                needs: {
                    if self.failing.withLock({ $0 }) { throw TransportError.closed }
                    return self.rows.withLock { $0 }
                },
                make: { FakeSession($0, self.events) }, swept: {}, logger: Logger(label: "test"))
        }
    }

    @Test func runsWhatIsWantedAndStopsInOrder() async {
        let world = World()
        world.rows.withLock {
            $0 = [
                SessionNeed(session: 1, wish: .connected, status: .disconnected), SessionNeed(session: 2, wish: .disconnected, status: .disconnected),
            ]
        }
        let supervisor = world.supervisor()
        await supervisor.start()
        #expect(await world.events.next() == "run 1")
        #expect(await supervisor.runningSessions == [1])
        world.rows.withLock { $0[1].wish = .connected }
        await supervisor.wishRang(2)
        #expect(await world.events.next() == "run 2")
        await supervisor.stop()
        let ends = [await world.events.next(), await world.events.next()]
        #expect(Set(ends) == ["end 1", "end 2"])
        #expect(await supervisor.runningSessions.isEmpty)
    }

    @Test func aRepeatedWishIsToldAndARowThatAKilledDaemonLeftIsCleanedUp() async {
        let world = World()
        world.rows.withLock { $0 = [SessionNeed(session: 1, wish: .disconnected, status: .connected)] }
        let supervisor = world.supervisor()
        await supervisor.wishRang(1)
        #expect(await world.events.next() == "run 1")
        await supervisor.wishRang(1)
        #expect(await world.events.next() == "wish 1")
        await supervisor.stop()
    }

    @Test func aLostRingIsFoundBySweeping() async {
        let world = World()
        let supervisor = world.supervisor()
        await supervisor.start()
        world.rows.withLock { $0 = [SessionNeed(session: 5, wish: .connected, status: .disconnected)] }
        #expect(await world.events.next() == "run 5")
        world.rows.withLock { $0[0].wish = .loggedOut }
        #expect(await world.events.next() == "wish 5")
        await supervisor.stop()
    }

    @Test func aDatabaseThatIsAwayIsWaitedFor() async {
        let world = World()
        world.failing.withLock { $0 = true }
        world.rows.withLock { $0 = [SessionNeed(session: 1, wish: .connected, status: .disconnected)] }
        let supervisor = world.supervisor()
        await supervisor.start()
        #expect(await supervisor.runningSessions.isEmpty)
        world.failing.withLock { $0 = false }
        #expect(await world.events.next() == "run 1")
        await supervisor.stop()
    }
}
