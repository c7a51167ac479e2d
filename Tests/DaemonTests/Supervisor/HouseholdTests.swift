import Glibc
import Logging
import Model
import NIOCore
import NIOPosix
import Store
import TestDatabase
import Testing

@testable import Daemon

/// The whole daemon but its signals, with a session that does nothing.
struct HouseholdTests {
    private struct IdleSession: RunningSession {
        let id: Int64
        let environment: SessionEnvironment
        let stopped = Mailbox<Bool>()

        func run() async {
            try? await environment.database.transaction { try $0.sessions.setStatus(.connecting, id: id) }
            environment.sessionChanged(id)
            _ = await stopped.next(seconds: 600)
        }
        func wishRang() async {
            let row = try? await environment.database.run { try $0.sessions.find(id: id) }
            guard row?.wanted == .disconnected else { return }
            try? await environment.database.transaction { try $0.sessions.setStatus(.disconnected, reason: .manual, id: id) }
            environment.sessionChanged(id)
        }
        func outboxRang() async {}
        func actionsRang() async {}
        func sweep() async {}
        func numbersRang() async -> Bool { true }
        func syncRang() async -> Bool { true }
        func stop() async { await stopped.add(true) }
    }

    private func configuration(_ directory: TemporaryDirectory, _ database: DatabaseSettings) throws -> LoadedConfiguration {
        let text = """
            db.socket = \(database.socket ?? "")
            db.name = \(database.name)
            db.user = \(database.user)
            db.password = "\(database.password)"
            secret.key = \(String(repeating: "ab", count: 32))
            run.dir = \(directory.path)/run
            log.file = \(directory.path)/log
            api.workers = 1
            fetch.webhook_private = any
            """
        let path = directory.path + "/wa-connect.conf"
        let file = try #require(fopen(path, "we"))
        fputs(text, file)
        fclose(file)
        return try LoadedConfiguration(explicit: path)
    }

    @Test func doorbellSessionsAndWebhooksWorkTogetherOnFewThreads() async throws {
        let directory = try TemporaryDirectory()
        let settings = try DatabaseServer.freshDatabase()
        let loaded = try configuration(directory, settings)
        try loaded.runDirectory.make()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let household = Household(
            loaded, executor: LoopExecutor(group.next()), makeSession: { IdleSession(id: $0, environment: $1) }, logger: Logger(label: "test"), leave: {})
        try await household.open()

        let database = try loaded.database()
        let call = try #require(DoorbellCall(loaded.runDirectory))
        #expect(try database.sessions.setWanted(.connected, id: 1))
        #expect(call.send("session 1"))
        // Unpaired and connecting is no answer yet.
        #expect(call.receive(milliseconds: 300) == nil)
        let (text, end) = ("https://wa.me/settings/linked_devices#x", SystemClock.now().adding(milliseconds: 60_000))
        try database.sessions.setStatus(.qrReady, qr: (text, end), id: 1)
        let second = try #require(DoorbellCall(loaded.runDirectory))
        #expect(second.send("session 1"))
        #expect(second.receive(milliseconds: 5_000) == "done")
        #expect(try database.sessions.setWanted(.disconnected, id: 1))
        #expect(second.send("session 1"))
        #expect(second.receive(milliseconds: 5_000) == "done")
        #expect(try database.sessions.find(id: 1)?.status == .disconnected)

        await household.close()
        #expect(access(loaded.runDirectory.doorbell, F_OK) != 0)
        try await group.shutdownGracefully()
    }
}
