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
