import Model
import Store
import TestDatabase
import Testing

@Suite struct APIKeyTests {
    private let digest = String(repeating: "d", count: 64)

    @Test func keysCanBeMadeFoundAndDisabled() throws {
        let test = try TestSession()
        let keys = test.database.apiKeys
        let hash = String(repeating: "0a", count: 32)
        let id = try keys.insert(
            NewAPIKey(name: "shop", hash: hash, permissions: "messages:send", expiresAt: test.now, dailyLimit: 0, sendLimit: 5))
        var row = try #require(try keys.find(hash: hash))
        #expect(
            row.id == id && row.permissions == "messages:send" && row.expiresAt == test.now && row.dailyLimit == 0 && row.sendLimit == 5)
        #expect(throws: StoreError.invalidValue) { try keys.find(hash: "é") }
        try keys.touchLastUsed(id: id, at: test.now)
        try keys.touchLastUsed(id: id, at: test.now.adding(milliseconds: 59_000))
        #expect(try keys.find(id: id)?.lastUsedAt == test.now)
        #expect(try keys.disable(id: id))
        row = try #require(try keys.find(name: "shop").first)
        #expect(!row.isActive)
        #expect(throws: StoreError.duplicate) { try keys.insert(NewAPIKey(name: "again", hash: hash)) }
        #expect(try keys.delete(id: id))
        #expect(try keys.delete(id: id) == false)
    }

    @Test func windowsBeginWithTheFirstRequest() throws {
        let test = try TestSession()
        func hit(_ seconds: Int64) throws -> LimitState? {
            try test.database.limits.hit(
                subject: "ip:192.0.2.1", limitClass: "general", windowSeconds: 60, limit: 2,
                now: test.now.adding(milliseconds: seconds * 1_000))
        }
        #expect(try hit(0) == LimitState(limitClass: "general", isAllowed: true, limit: 2, remaining: 1, resetSeconds: 60))
        #expect(try hit(30) == LimitState(limitClass: "general", isAllowed: true, limit: 2, remaining: 0, resetSeconds: 30))
        #expect(try hit(59) == LimitState(limitClass: "general", isAllowed: false, limit: 2, remaining: 0, resetSeconds: 1))
        #expect(try hit(60)?.remaining == 1)
        #expect(
            try test.database.limits.hit(subject: "x", limitClass: "daily", windowSeconds: 60, limit: 0, now: test.now) == nil,
            "0 is unlimited")
    }

    @Test func windowsOfAKeyBeginWithTheFirstRequest() throws {
        let test = try TestSession()
        let key = try test.database.apiKeys.insert(NewAPIKey(name: "k", hash: digest))
        func hit(_ milliseconds: Int64) throws -> [LimitState] {
            let now = test.now.adding(milliseconds: milliseconds)
            return try test.database.limits.hit(
                [
                    LimitCheck(subject: "key:\(key)", limitClass: "send", limit: 2, windowEndsAt: now.adding(milliseconds: 60_000)),
                    LimitCheck(
                        subject: "key:\(key)", limitClass: "daily", limit: 4, windowEndsAt: test.now.adding(milliseconds: 3_600_000),
                        day: UsageDay(apiKeyID: key, date: "2026-03-01")),
                ], now: now)
        }
        func send(_ isAllowed: Bool, _ remaining: Int64, _ seconds: Int64) -> LimitState {
            LimitState(limitClass: "send", isAllowed: isAllowed, limit: 2, remaining: remaining, resetSeconds: seconds)
        }
        #expect(try hit(0).first == send(true, 1, 60))
        #expect(try hit(29_001) == [
            send(true, 0, 31), LimitState(limitClass: "daily", isAllowed: true, limit: 4, remaining: 2, resetSeconds: 3_571),
        ])
        #expect(try hit(59_500).first == send(false, 0, 1))
        #expect(try hit(60_000).first == send(true, 1, 60), "a new window")
        #expect(try hit(60_001).map(\.remaining) == [0, 0])
        #expect(try hit(120_001).map(\.isAllowed) == [true, false], "the day is used up")
        #expect(try hit(120_002).first?.remaining == 2, "and nothing was counted on the other limit")
    }

    @Test func aRepeatedRequestIsRecognised() throws {
        let test = try TestSession()
        let outbox = test.database.outbox
        let key = try test.database.apiKeys.insert(NewAPIKey(name: "shop", hash: digest))
        func enqueue(_ id: String, _ content: String, after seconds: Int64 = 0, key name: String = "ключ 😀") throws -> EnqueueResult {
            try outbox.enqueue(
                test.text(to: "96890000001", id: id, idempotency: .init(apiKeyID: key, key: name, contentDigest: content)),
                now: test.now.adding(milliseconds: seconds * 1_000))
        }
        let other = String(repeating: "e", count: 64)
        guard case .stored(let row) = try enqueue("A", digest), case .inProgress = try enqueue("B", digest),
            case .conflict = try enqueue("C", other),
            case .stored = try enqueue("D", digest, key: "КЛЮЧ 😀")
        else {
            Issue.record("not recognised while pending")
            return
        }
        try outbox.sent(id: row.id, at: test.now)
        guard case .repeated(let again) = try enqueue("E", digest, after: 86_399), case .conflict = try enqueue("F", other) else {
            Issue.record("not recognised when sent")
            return
        }
        #expect(again.messageID == "A" && again.messageStatus == .sent)
        guard case .stored(let fresh) = try enqueue("G", digest, after: 86_400) else {
            Issue.record("kept for more than a day")
            return
        }
        #expect(fresh.messageID == "G")
    }

    @Test func settingsFallBackToTheirDefaults() throws {
        let test = try TestSession()
        let settings = test.database.settings
        #expect(try settings.value("limits.send") == "30")
        #expect(try settings.set("limits.send", to: "12"))
        #expect(try settings.value("limits.send") == "12")
        try settings.setProblem("no number", name: "limits.send")
        #expect(try settings.find("limits.send")?.problem == "no number")
        #expect(try settings.set("limits.send", to: nil))
        #expect(try settings.find("limits.send")?.problem == nil)
        #expect(try settings.value("limits.send") == "30")
        #expect(try settings.set("no.such", to: "1") == false)
        #expect(try settings.list().allSatisfy { !$0.description.isEmpty })
    }

    @Test func optOutsCountForTheWholePerson() throws {
        let test = try TestSession()
        _ = try test.database.contacts.resolve(ContactAddress(phoneNumber: "96890000001", lid: "77"), session: test.id)
        try test.database.optOuts.add("96890000001", reason: "asked")
        try test.database.optOuts.add("96890000001")
        #expect(try test.database.optOuts.contains(ContactAddress(lid: "77"), session: test.id))
        #expect(try test.database.optOuts.contains(ContactAddress(lid: "78"), session: test.id) == false)
        #expect(try test.database.optOuts.contains(ContactAddress(groupJID: "1@g.us"), session: test.id) == false)
        #expect(try test.database.optOuts.list().map(\.phoneNumber) == ["96890000001"])
        #expect(try test.database.optOuts.remove("96890000001"))
        #expect(try test.database.optOuts.contains("96890000001") == false)
    }

    @Test func retriesAndRestartsOfTheOutbox() throws {
        let test = try TestSession()
        let outbox = test.database.outbox
        guard case .stored(let row) = try outbox.enqueue(test.text(to: "96890000001", id: "A"), now: test.now) else {
            Issue.record("not stored")
            return
        }
        #expect(try outbox.sessionsWithDueRows(now: test.now) == [test.id])
        _ = try outbox.claimDue(session: test.id, now: test.now, limit: 1)
        try outbox.saveStanza([1], id: row.id)
        #expect(try outbox.requeueInterrupted(session: test.id) == 0, "what may have been sent is not encrypted again")
        let later = test.now.adding(milliseconds: 5_000)
        try outbox.retryLater(id: row.id, at: later, code: "busy", error: "WhatsApp asked to wait.")
        #expect(try outbox.nextDueAt(session: test.id) == later)
        #expect(try outbox.claimDue(session: test.id, now: test.now, limit: 1).isEmpty)
        #expect(try outbox.claimDue(session: test.id, now: later, limit: 1).first?.stanza == nil)
        #expect(try outbox.requeueInterrupted(session: test.id) == 1)
        let message = try outbox.failed(id: row.id, code: "not_on_whatsapp", error: "This number is not on WhatsApp.", at: later)
        #expect(message?.status == .failed && message?.errorCode == "not_on_whatsapp")
        #expect(try outbox.nextDueAt(session: test.id) == nil)
        #expect(try outbox.prune(before: later, limit: 9) == 1)
    }
}
