import Logging
import Model
import NIOHTTP1
import NIOPosix
import Store
import Synchronization
import TestDatabase
import Testing

@testable import Daemon

struct WebhookSenderTests {
    private final class Clock: Sendable {
        let moment = Mutex(Timestamp(seconds: 1_800_000_000))
        var now: Timestamp { moment.withLock { $0 } }
    }

    private final class World: Sendable {
        let database: DatabaseThread
        let sender: WebhookSender
        /// Moves on only when a test says so.
        let clock = Clock()

        init() throws {
            let settings = try DatabaseServer.freshDatabase()
            database = DatabaseThread { try Database(settings, sealer: Sealer(key: DatabaseServer.testKey)) }
            let executor = LoopExecutor(MultiThreadedEventLoopGroup.singleton.next())
            let post = WebhookPost(on: executor, policy: AddressPolicy(.any), resolver: NameResolver(), timeLimitSeconds: 10)
            sender = WebhookSender(
                on: executor, database: database, post: post, now: { [clock] in clock.now }, logger: Logger(label: "test"))
        }

        func add(_ receiver: HTTPReceiver, secret: String? = nil) async throws -> Int64 {
            try await database.run { try $0.webhooks.add(url: "http://127.0.0.1:\(receiver.port)/", secret: secret) }
        }

        func enqueue(_ text: String, chat: Int64) async throws {
            let now = clock.now
            let event = Event.messageReceived(
                messageID: text, from: "15550100@s.whatsapp.net", fromName: nil, type: .text, content: text, isGroup: false, sentAt: now, chat: chat,
                at: now)
            try await database.transaction { _ = try $0.deliveries.enqueue(event, session: 1, now: now) }
        }

        func advance(_ seconds: Int64) { clock.moment.withLock { $0 = $0.adding(milliseconds: seconds * 1_000) } }

        /// The deliveries once `done` holds for them; fails after some seconds.
        func deliveries(until done: @Sendable ([DeliveryRow]) -> Bool) async throws -> [DeliveryRow] {
            let end = ContinuousClock.now + .seconds(10)
            while true {
                let rows = try await database.run { try $0.deliveries.list(limit: 100) }
                if done(rows) { return rows }
                if ContinuousClock.now > end {
                    Issue.record("\(rows.map { "\($0.id) \($0.status) \($0.attempts)" })")
                    return rows
                }
                await Task.yield()
            }
        }
    }

    private func number(_ request: HTTPReceiver.Request) -> String? { request.header("X-Webhook-Sequence") }

    @Test func deliversSignedBodiesByteForByte() async throws {
        let world = try World()
        let receiver = try await HTTPReceiver.start { _ in .status(200, body: "thanks") }
        _ = try await world.add(receiver, secret: "s3cret")
        try await world.enqueue("Grüße / 🎉", chat: 5)
        await world.sender.wake()
        let request = try #require(await receiver.requests.next())
        let rows = try await world.deliveries { $0.allSatisfy { $0.status == .delivered } }
        let row = try #require(rows.first)
        #expect(request.body == Array(row.body.utf8) && row.body.contains("Grüße / 🎉"))
        #expect(request.header("X-Webhook-Signature") == WebhookSecret("s3cret")?.signature(of: request.body))
        #expect(request.header("X-Webhook-Id") == row.eventID && request.header("X-Webhook-Attempt") == "1")
        #expect(row.lastStatusCode == 200 && row.answerHead == "thanks" && row.attempts == 1)
        await world.sender.stop()
        await receiver.stop()
    }

    @Test func retriesInOrderAndThenGivesUp() async throws {
        let world = try World()
        let receiver = try await HTTPReceiver.start { _ in .status(500, body: "no") }
        _ = try await world.add(receiver)
        try await world.enqueue("first", chat: 5)
        try await world.enqueue("second", chat: 5)
        await world.sender.wake()
        var seen: [String] = []
        // The second waits while the first is tried at once, after 10 s and after 1 m.
        for wait: Int64 in [0, 11, 66] {
            world.advance(wait)
            await world.sender.wake()
            let request = try #require(await receiver.requests.next())
            seen.append("\(number(request) ?? "")/\(request.header("X-Webhook-Attempt") ?? "")")
            _ = try await world.deliveries { [count = seen.count] rows in rows.contains { $0.sequence == 1 && $0.attempts == count } }
        }
        #expect(seen == ["1/1", "1/2", "1/3"])
        // From then on the second may pass.
        await world.sender.wake()
        #expect(number(try #require(await receiver.requests.next())) == "2")
        _ = try await world.deliveries { rows in rows.contains { $0.sequence == 2 && $0.attempts == 1 } }
        for attempts in 2...8 {
            world.advance(30 * 3_600)
            await world.sender.wake()
            _ = try await world.deliveries { rows in rows.contains { $0.sequence == 2 && $0.attempts == attempts } }
            _ = try await world.deliveries { rows in rows.contains { $0.sequence == 1 && $0.attempts == min(attempts + 2, 8) } }
        }
        let rows = try await world.deliveries { $0.allSatisfy { $0.status == .dead } }
        #expect(rows.allSatisfy { $0.attempts == 8 && $0.lastStatusCode == 500 && $0.lastError == "HTTP status 500" && $0.answerHead == "no" })
        await world.sender.stop()
        await receiver.stop()
    }

    @Test func aSilentReceiverDoesNotDelayOthers() async throws {
        let world = try World()
        let silent = try await HTTPReceiver.start { _ in .silence }
        let quick = try await HTTPReceiver.start { _ in .status(200) }
        _ = try await world.add(silent)
        _ = try await world.add(quick)
        for chat in 1...20 { try await world.enqueue("to \(chat)", chat: Int64(chat)) }
        await world.sender.wake()
        for _ in 1...20 { #expect(await quick.requests.next(seconds: 8) != nil) }
        await world.sender.stop()
        await silent.stop()
        await quick.stop()
    }

    @Test func whatAStopCutsOffIsDueAtOnce() async throws {
        let world = try World()
        let silent = try await HTTPReceiver.start { _ in .silence }
        _ = try await world.add(silent)
        try await world.enqueue("x", chat: 1)
        await world.sender.wake()
        #expect(await silent.requests.next() != nil)
        await world.sender.stop()
        let rows = try await world.deliveries { !$0.isEmpty }
        #expect(rows.first?.attempts == 0)
        #expect(rows.first?.nextAttemptAt == world.clock.now)
        await silent.stop()
    }

    @Test func aBadScheduleIsIgnoredAndTheStandardHolds() async throws {
        let world = try World()
        let receiver = try await HTTPReceiver.start { _ in .status(404) }
        _ = try await world.add(receiver)
        _ = try await world.database.run { try $0.settings.set("webhooks.retry_schedule", to: "soon") }
        try await world.enqueue("x", chat: 1)
        await world.sender.wake()
        let rows = try await world.deliveries { $0.allSatisfy { $0.attempts == 1 } }
        let row = try #require(rows.first)
        #expect(row.status == .pending && row.nextAttemptAt >= Timestamp(seconds: 1_800_000_010))
        await world.sender.stop()
        await receiver.stop()
    }
}
