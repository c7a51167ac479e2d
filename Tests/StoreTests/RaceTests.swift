import Foundation
import Model
import Store
import Synchronization
import TestDatabase
import Testing

/// What several processes do at once: each thread has a connection of its own.
@Suite struct RaceTests {
    private func parallel<Result: Sendable>(_ count: Int, _ work: @escaping @Sendable (Int) throws -> Result) throws -> [Result] {
        let results = Mutex<[Swift.Result<Result, any Error>]>([])
        let threads = (0..<count).map { index in
            let done = DispatchSemaphore(value: 0)
            let thread = Thread {
                let result = Swift.Result { try work(index) }
                results.withLock { $0.append(result) }
                done.signal()
            }
            thread.start()
            return done
        }
        for done in threads where done.wait(timeout: .now() + 60) == .timedOut { Issue.record("a thread hangs") }
        return try results.withLock { $0 }.map { try $0.get() }
    }

    /// Does the work again where the server asks for it, as the programs do.
    private static func patiently<Result>(_ work: () throws -> Result) throws -> Result {
        for _ in 0..<20 {
            do { return try work() } catch let error as StoreError where error.isTransient { continue }
        }
        return try work()
    }

    @Test func oneIdempotencyKeyStoresOneMessage() throws {
        let test = try TestSession()
        let key = try test.database.apiKeys.insert(NewAPIKey(name: "k", hash: String(repeating: "a", count: 64)))
        let (settings, now) = (test.settings, test.now)
        let outcomes = try parallel(8) { index in
            let database = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey))
            let new = NewOutboxRow(
                sessionID: 1, ownJID: nil, to: JID(user: "96890000001", server: .phoneNumber), messageID: "M\(index)", kind: "text",
                payload: "{}",
                type: .text, content: "x",
                idempotency: .init(apiKeyID: key, key: "order-1", contentDigest: String(repeating: "d", count: 64)))
            switch try Self.patiently({ try database.outbox.enqueue(new, now: now) }) {
            case .stored: return "stored"
            case .inProgress: return "in progress"
            case .repeated, .conflict, .overAllowance: return "wrong"
            }
        }
        #expect(outcomes.sorted() == Array(repeating: "in progress", count: 7) + ["stored"])
        #expect(try test.database.messages.page(1, limit: 9, filter: MessageFilter(), session: test.id).total == 1)
    }

    @Test func limitsAreExact() throws {
        let test = try TestSession()
        let (settings, now) = (test.settings, test.now)
        let allowed = try parallel(8) { _ in
            let database = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey))
            var allowed = 0
            for _ in 0..<10 {
                let states = try Self.patiently {
                    try database.limits.hit(
                        [
                            LimitCheck(subject: "key:1", limitClass: "send", limit: 30, windowEndsAt: now.adding(milliseconds: 60_000)),
                            LimitCheck(
                                subject: "key:1", limitClass: "daily", limit: 1_000, windowEndsAt: now.adding(milliseconds: 86_400_000)),
                        ], now: now)
                }
                if states.allSatisfy(\.isAllowed) { allowed += 1 }
            }
            return allowed
        }
        #expect(allowed.reduce(0, +) == 30)
        let daily = try test.database.limits.hit(subject: "key:1", limitClass: "daily", windowSeconds: 86_400, limit: 1_000, now: now)
        #expect(daily?.remaining == 969, "refused requests were counted")
    }

    /// Of a key: its class and its day in one statement, and what a statement can not decide in a transaction.
    @Test(arguments: [(30 as Int64, 1_000 as Int64), (1_000, 30), (0, 30), (30, 0)])
    func limitsOfAKeyAreExact(perMinute: Int64, perDay: Int64) throws {
        let test = try TestSession()
        let key = try test.database.apiKeys.insert(NewAPIKey(name: "k", hash: String(repeating: "a", count: 64)))
        let (settings, now) = (test.settings, test.now)
        let day = UsageDay(apiKeyID: key, date: "2026-03-01")
        let answers = try parallel(8) { _ in
            let database = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey))
            return try (0..<10).map { _ in
                try Self.patiently {
                    try database.limits.hit(
                        [
                            LimitCheck(subject: "key:\(key)", limitClass: "send", limit: perMinute, windowEndsAt: now.adding(milliseconds: 60_000)),
                            LimitCheck(
                                subject: "key:\(key)", limitClass: "daily", limit: perDay, windowEndsAt: now.adding(milliseconds: 86_400_000),
                                day: day),
                        ], now: now)
                }
            }
        }.flatMap(\.self)
        let allowed = answers.filter { $0.allSatisfy(\.isAllowed) }
        #expect(allowed.count == 30)
        #expect(try test.database.keyUsage.list(limit: 1).first?.requests == 30)
        // Each of them was told another place in the row.
        for (name, limit) in [("send", perMinute), ("daily", perDay)] where limit > 0 {
            let states = allowed.compactMap { $0.first { $0.limitClass == name } }
            #expect(states.map(\.remaining).sorted(by: >) == (1...30).map { limit - $0 })
            #expect(states.allSatisfy { $0.limit == limit && $0.resetSeconds == (name == "send" ? 60 : 86_400) })
        }
    }

    @Test func onePersonIsOneContact() throws {
        let test = try TestSession()
        let settings = test.settings
        let ids = try parallel(8) { index in
            let database = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey))
            let address = ContactAddress(phoneNumber: index % 3 == 0 ? nil : "96890000001", lid: index % 3 == 1 ? nil : "123")
            return try Self.patiently { try database.contacts.resolve(address, session: 1) }
        }
        let final = try test.database.contacts.resolve(ContactAddress(phoneNumber: "96890000001", lid: "123"), session: test.id)
        #expect(ids.contains(final))
        #expect(try test.database.contacts.page(1, limit: 9, filter: ContactFilter(), session: test.id).total == 1)
    }

    @Test func rowsAreClaimedOnce() throws {
        let test = try TestSession()
        let (settings, now) = (test.settings, test.now)
        for number in 0..<40 { _ = try test.database.outbox.enqueue(test.text(to: "9689000\(1000 + number)", id: "M\(number)"), now: now) }
        let claimed = try parallel(4) { _ in
            let database = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey))
            var ids: [Int64] = []
            while true {
                let rows = try Self.patiently { try database.outbox.claimDue(session: 1, now: now, limit: 3) }
                if rows.isEmpty { return ids }
                ids += rows.map(\.id)
            }
        }
        #expect(claimed.joined().count == 40)
        #expect(Set(claimed.joined()).count == 40)
    }
}
