import CryptoPrimitives
import Foundation
import Model
import Store
import Testing

@testable import Daemon

/// `wa-connect` as people and cron run it.
struct ProgramTests {
    @Test func ensureStartsOneDaemonAndStopEndsIt() throws {
        let installation = try Installation()
        let started = try installation.run("ensure")
        #expect(started.status == 0 && started.output.isEmpty && started.errors.isEmpty, "\(started.errors)")
        let pid = try #require(PidFile(installation.run).read())
        #expect(try installation.run("ensure").status == 0)
        #expect(PidFile(installation.run).read() == pid)
        let second = try installation.run("daemon")
        #expect(second.status == 1 && second.errors.contains("runs already"))
        #expect(try #require(DoorbellCall(installation.run)).send("ping"))
        let status = try installation.run("status", "--json")
        #expect(status.output.contains(#""daemon":"running","pid":\#(pid)"#))

        #expect(try installation.run("restart").status == 0)
        let next = try #require(PidFile(installation.run).read())
        #expect(next != pid)
        let began = ContinuousClock.now
        #expect(try installation.run("stop").status == 0)
        #expect(ContinuousClock.now - began < .seconds(5))
        #expect(!DaemonLock.isHeld(installation.run) && DoorbellCall(installation.run) == nil)
        #expect(try installation.run("status").output.contains("stopped"))
        #expect(try installation.run("stop").status == 0)
    }

    @Test func theDaemonHasFewThreadsWhateverTheHost() throws {
        let installation = try Installation()
        #expect(try installation.run("ensure").status == 0)
        let pid = try #require(PidFile(installation.run).read())
        let database = try installation.database()
        _ = try database.webhooks.add(url: "http://127.0.0.1:1/")
        _ = try database.sessions.setWanted(.connected, id: 1)
        let call = try #require(DoorbellCall(installation.run))
        #expect(call.send("watch 1") && call.send("session 1"))
        #expect(call.receive(milliseconds: 5_000) == "changed")
        #expect(try database.deliveries.enqueueTest(event: "test", body: "{}", webhook: 1, now: SystemClock.now()) > 0)
        #expect(call.receive(milliseconds: 5_000) == "changed")
        // By the time of its second answer the daemon has used its database, and tried the webhook or is about to.
        let status = try #require(TextFile.read("/proc/\(pid)/status"))
        let threads = status.split(separator: "\n").first { $0.hasPrefix("Threads:") }?.split(separator: "\t").last.flatMap { Int($0) }
        #expect(try #require(threads) <= 12)
    }

    @Test func aKilledDaemonIsReplaced() throws {
        let installation = try Installation()
        #expect(try installation.run("ensure").status == 0)
        let pid = try #require(PidFile(installation.run).read())
        #expect(kill(pid, SIGKILL) == 0)
        #expect(DaemonLock.waitUntilFree(installation.run, seconds: 5))
        #expect(try installation.run("status", "--json").output.contains(#""daemon":"stopped","pid":null"#))
        #expect(try installation.run("ensure").status == 0)
        #expect(try #require(DoorbellCall(installation.run)).send("ping"))
    }

    @Test func aKeyIsPrintedOnceAndStoredAsAHash() throws {
        let installation = try Installation()
        let made = try installation.run("keys", "create", "--name", "shop", "--permissions", "messages:send,session:read", "--daily-limit", "5")
        #expect(made.status == 0, "\(made.errors)")
        let key = made.output.trimmingCharacters(in: .newlines)
        #expect(key.count == 35 && !key.contains("\n"))
        let row = try #require(try installation.database().apiKeys.find(hash: Hex.encode(SHA256.hash(Array(key.utf8)))))
        #expect(row.name == "shop" && row.permissions == "messages:send,session:read" && row.dailyLimit == 5 && row.isActive)
        #expect(try !installation.run("keys", "list", "--json").output.contains(key))
        #expect(try installation.run("keys", "disable", "shop").status == 0)
        #expect(try installation.database().apiKeys.find(id: row.id)?.isActive == false)
        #expect(try installation.run("keys", "delete", "\(row.id)").status == 0)
        #expect(try installation.run("keys", "delete", "shop").status == 1)
    }

    @Test(arguments: [
        (["keys", "create"], 2), (["keys", "create", "--name", "x", "--permissions", "all"], 2), (["keys", "create", "--name", "x", "--expires", "soon"], 2),
        (["keys", "create", "--name", "x", "--session", "nobody"], 1), (["nonsense"], 2), (["settings", "set", "no.such", "1"], 1),
        (["webhooks", "add", "ftp://x/"], 2), (["webhooks", "add", "http://x/", "--events", "all"], 2), (["webhooks", "replay"], 2),
        (["sessions", "connect"], 1), (["sessions", "logout", "nobody"], 1), (["sessions", "add", "default"], 1),
    ] as [([String], Int32)])
    func failuresAreOneLineWithTheRightStatus(arguments: [String], status: Int32) throws {
        let installation = try Installation()
        let process = try installation.run(all: arguments)
        #expect(process.status == status && process.output.isEmpty)
        #expect(!process.errors.isEmpty)
    }

    @Test func settingsWebhooksAndSessionsAreRows() throws {
        let installation = try Installation()
        #expect(try installation.run("settings", "set", "calls.reject", "yes").status == 0)
        #expect(try installation.database().settings.value("calls.reject") == "yes")
        #expect(try installation.run("settings", "set", "calls.reject", "default").status == 0)
        #expect(try installation.database().settings.find("calls.reject")?.ownValue == nil)
        let added = try installation.run("webhooks", "add", "http://127.0.0.1:1/", "--events", "message.sent,message.status", "--secret", "Jefe")
        #expect(added.output == "1\n", "\(added.errors)")
        #expect(try installation.run("webhooks", "list", "--secrets").output.contains("whsec_SmVmZQ=="))
        #expect(try !installation.run("webhooks", "list", "--json").output.contains("Jefe"))
        #expect(try installation.run("sessions", "add", "second").status == 0)
        #expect(try installation.run("sessions", "list", "--json").output.contains(#""name":"second""#))
        #expect(try installation.run("migrate").output == "the tables are up to date\n")
    }
}
