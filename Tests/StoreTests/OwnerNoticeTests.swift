import Model
import Store
import Testing

struct OwnerNoticeTests {
    private func notices(_ test: TestSession, later: Int64 = 0) throws -> [OwnerNotice] {
        try test.database.ownerNotices.due(now: test.now.adding(milliseconds: later))
    }

    @Test func aLoggedOutNumberIsToldOnceUntilItIsWellAgain() throws {
        let test = try TestSession()
        let database = test.database
        #expect(try notices(test).isEmpty)
        try database.sessions.setStatus(.disconnected, reason: .manual, id: test.id)
        #expect(try notices(test).isEmpty, "the owner did that")
        for _ in 0..<2 {
            try database.sessions.setStatus(.disconnected, reason: .loggedOut, id: test.id)
            let notice = try #require(try notices(test).first)
            guard case .session(test.id, _, _, .loggedOut) = notice else { throw StoreError.reference }
            try database.ownerNotices.told(notice, at: test.now)
            #expect(try notices(test).isEmpty)
            _ = try database.run("UPDATE wa_sessions SET status = 'connected', reason = NULL")
            #expect(try notices(test).isEmpty)
        }
    }

    @Test func aWebhookIsToldAfterAnHourAndOnceForEachOutage() throws {
        let test = try TestSession()
        let database = test.database
        let webhook = try database.webhooks.add(url: "http://127.0.0.1:9/hook", name: "shop")
        for outage in [0, 1] as [Int64] {
            let began = test.now.adding(milliseconds: outage * 100_000_000)
            _ = try database.run("UPDATE wa_webhooks SET failing_since = '\(began.sql)'")
            #expect(try database.ownerNotices.due(now: began.adding(milliseconds: 3_599_000)).isEmpty)
            let later = began.adding(milliseconds: 3_601_000)
            let notice = try #require(try database.ownerNotices.due(now: later).first)
            guard case .webhook(webhook, "shop", _, began, nil) = notice else { throw StoreError.reference }
            try database.ownerNotices.told(notice, at: later)
            #expect(try database.ownerNotices.due(now: later.adding(milliseconds: 3_601_000)).isEmpty)
        }
        _ = try database.webhooks.setActive(false, id: webhook)
        _ = try database.run("UPDATE wa_webhooks SET mailed_at = NULL")
        #expect(try notices(test, later: 1_000_000_000).isEmpty, "it is switched off")
    }

    @Test func aCeilingIsToldOnceADay() throws {
        let test = try TestSession()
        let settings = test.database.settings
        try settings.setNote("nearly full", name: "database.max_bytes")
        let notice = try #require(try notices(test).first)
        #expect(notice == .ceiling(setting: "database.max_bytes", note: "nearly full"))
        try test.database.ownerNotices.told(notice, at: test.now)
        #expect(try notices(test, later: 1_000_000_000).isEmpty)
        try settings.setNote(nil, name: "database.max_bytes")
        #expect(try notices(test, later: 1_000).isEmpty)
        try settings.setNote("again", name: "database.max_bytes")
        #expect(try notices(test, later: 2_000).isEmpty, "the same day")
        try settings.setNote(nil, name: "database.max_bytes")
        #expect(try notices(test, later: 86_400_000).isEmpty)
        try settings.setNote("again", name: "database.max_bytes")
        #expect(try notices(test, later: 86_400_000) == [.ceiling(setting: "database.max_bytes", note: "again")])
    }

    @Test func tablesHaveASize() throws {
        let database = try TestSession().database
        let sizes = try database.tableSizes()
        #expect(sizes.contains { $0.name == "wa_messages" && $0.bytes > 0 })
        #expect(sizes.allSatisfy { $0.name.hasPrefix("wa_") })
        try database.estimateAnew(["wa_messages", "wa_webhook_deliveries"])
        try database.estimateAnew(["wa_messages; DROP TABLE wa_posts", "mysql.user"])
        #expect(try database.tableSizes().map(\.name) == sizes.map(\.name))
    }

    @Test func openWorkIsWhatIsDueNow() throws {
        let test = try TestSession()
        let database = test.database
        _ = try database.run("UPDATE wa_sessions SET status = 'disconnected', wanted = 'disconnected'")
        #expect(try database.openWork(now: test.now) == OpenWork())
        _ = try database.run("UPDATE wa_sessions SET wanted = 'connected', jid = '96890000001:1@s.whatsapp.net', reason = 'daemon_stopped'")
        #expect(try database.openWork(now: test.now).isConnecting)
        _ = try database.run("UPDATE wa_sessions SET reason = 'banned'")
        #expect(try !database.openWork(now: test.now).isConnecting, "it will not connect")
        _ = try database.run("UPDATE wa_sessions SET status = 'qr_ready'")
        #expect(try database.openWork(now: test.now).isLinking)
        _ = try database.run("UPDATE wa_sessions SET status = 'connected', reason = NULL")
        #expect(try database.openWork(now: test.now) == OpenWork())
        _ = try database.run("INSERT INTO wa_outbox (to_jid, payload) VALUES ('96890000002', '{}')")
        #expect(try database.openWork(now: test.now).isDue)
        _ = try database.run("UPDATE wa_outbox SET next_attempt_at = '2099-01-01'")
        #expect(try !database.openWork(now: test.now).isDue)
        let webhook = try database.webhooks.add(url: "http://127.0.0.1:9/hook")
        _ = try database.deliveries.enqueueTest(event: "message.sent", body: "{}", webhook: webhook, now: test.now)
        #expect(try database.openWork(now: test.now).isDue)
        _ = try database.webhooks.setActive(false, id: webhook)
        #expect(try !database.openWork(now: test.now).isDue)
    }
}
