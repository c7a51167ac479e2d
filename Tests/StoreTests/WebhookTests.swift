import Model
import Store
import TestDatabase
import Testing

@Suite struct WebhookTests {
    private func status(_ test: TestSession, _ id: String, chat: Int64) -> Event {
        .messageStatus(messageID: id, remoteJID: "968@s.whatsapp.net", status: .sent, chat: chat, at: test.now)
    }

    @Test func onlyThoseWhoAskedAreTold() throws {
        let test = try TestSession()
        let database = test.database
        let other = try database.sessions.add(name: "other")
        let all = try database.webhooks.add(url: "https://a.example", secret: "😀 as typed")
        _ = try database.webhooks.add(url: "https://b.example", events: [.messageSent, .callIncoming])
        let mine = try database.webhooks.add(url: "https://c.example", events: [.messageStatus], session: test.id)
        _ = try database.webhooks.add(url: "https://d.example", session: other)
        let off = try database.webhooks.add(url: "https://e.example")
        #expect(try database.webhooks.setActive(false, id: off))
        #expect(try database.deliveries.enqueue(status(test, "A", chat: 7), session: test.id, now: test.now) == 2)
        #expect(try database.deliveries.webhooksWithDue(now: test.now) == [all, mine])
        let rows = try [all, mine].flatMap { try database.deliveries.claimDue(webhook: $0, now: test.now, limit: 10) }
        #expect(rows.map(\.webhookID) == [all, mine])
        #expect(Set(rows.map(\.eventID)).count == 1)
        #expect(rows.first?.secret == "😀 as typed" && rows.first?.body == status(test, "A", chat: 7).body && rows.first?.chat == 7)
        #expect(rows.first?.eventID.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        #expect(try database.deliveries.claimDue(webhook: all, now: test.now, limit: 10).isEmpty, "taken twice")
        let later = test.now.adding(milliseconds: 60_000)
        #expect(try database.deliveries.claimDue(webhook: all, now: later, limit: 10).count == 1, "lost with the daemon")
    }

    @Test func aChatKeepsItsOrderThroughTheFirstRetries() throws {
        let test = try TestSession()
        let deliveries = test.database.deliveries
        let webhook = try test.database.webhooks.add(url: "https://a.example")
        for (id, chat) in [("A", 1), ("B", 1), ("C", 2)] as [(String, Int64)] {
            try deliveries.enqueue(status(test, id, chat: chat), session: test.id, now: test.now)
        }
        var now = test.now
        func due() throws -> [Int64] { try deliveries.claimDue(webhook: webhook, now: now, limit: 9, leaseSeconds: 1).map(\.sequence) }
        let first = try #require(try deliveries.list(limit: 9).last)
        #expect(first.sequence == 1)
        #expect(try due() == [1, 2, 3], "what is taken together is sent in order")
        for seconds in [10, 60] as [Int64] {
            now = now.adding(milliseconds: 1_000)
            try deliveries.failedRetry(
                id: first.id, answer: DeliveryAnswer(statusCode: 500, error: "HTTP 500"), next: now.adding(milliseconds: seconds * 1_000),
                at: now)
            #expect(try due() == [3])
            now = now.adding(milliseconds: seconds * 1_000)
            #expect(try due() == [1, 2, 3])
        }
        now = now.adding(milliseconds: 1_000)
        #expect(try test.database.webhooks.list().first?.failingSince != nil)
        try deliveries.failedRetry(
            id: first.id, answer: DeliveryAnswer(statusCode: nil, error: "timeout"), next: now.adding(milliseconds: 300_000), at: now)
        #expect(try due() == [2, 3], "the five-minute retry holds nobody up")
        try deliveries.succeeded(id: first.id, answer: DeliveryAnswer(statusCode: 204, head: ""), at: now)
        let row = try #require(try deliveries.find(id: first.id))
        #expect(
            row.status == .delivered && row.attempts == 4 && row.lastStatusCode == 204 && row.lastError == nil && row.deliveredAt == now)
        #expect(try test.database.webhooks.list().first?.failingSince == nil)
    }

    @Test func aBatchHasABoundOfRowsAndOfBytes() throws {
        let test = try TestSession()
        let slow = try test.database.webhooks.add(url: "https://slow.example", events: [.messageStatus])
        for number in 0..<30 {
            try test.database.deliveries.enqueue(status(test, "\(number)", chat: Int64(number)), session: test.id, now: test.now)
        }
        let quick = try test.database.webhooks.add(url: "https://quick.example", events: [.connectionQRReady])
        try test.database.deliveries.enqueue(.qrReady("2@", at: test.now), session: test.id, now: test.now)
        #expect(try test.database.deliveries.claimDue(webhook: slow, now: test.now, limit: 4).map(\.sequence) == [1, 2, 3, 4])
        let size = Int64(status(test, "4", chat: 4).body.utf8.count)
        #expect(try test.database.deliveries.claimDue(webhook: slow, now: test.now, limit: 9, bytes: size * 2 + 1).map(\.sequence) == [5, 6])
        #expect(try test.database.deliveries.claimDue(webhook: slow, now: test.now, limit: 9, bytes: 1).map(\.sequence) == [7])
        #expect(try test.database.deliveries.claimDue(webhook: quick, now: test.now, limit: 9).count == 1)
    }

    @Test func deadLettersCanBeReplayed() throws {
        let test = try TestSession()
        let webhook = try test.database.webhooks.add(url: "https://a.example")
        try test.database.deliveries.enqueue(status(test, "A", chat: 1), session: test.id, now: test.now)
        let row = try #require(try test.database.deliveries.claimDue(webhook: webhook, now: test.now, limit: 1).first)
        try test.database.deliveries.dead(
            id: row.id, answer: DeliveryAnswer(statusCode: 70_000, error: String(repeating: "é", count: 300)), at: test.now)
        #expect(try test.database.deliveries.nextDueAt() == nil)
        #expect(try test.database.deliveries.list(webhook: webhook, status: .dead, limit: 9).count == 1)
        #expect(try test.database.deliveries.replayDead(webhook: webhook, now: test.now) == 1)
        #expect(try test.database.deliveries.nextDueAt() == test.now)
        #expect(try test.database.deliveries.replay(id: 99, now: test.now) == false)
        #expect(try test.database.webhooks.delete(id: webhook))
        #expect(try test.database.deliveries.list(limit: 9).isEmpty)
    }

    @Test func theEventIsPartOfItsTransaction() throws {
        struct Stop: Error {}
        let test = try TestSession()
        _ = try test.database.webhooks.add(url: "https://a.example")
        #expect(throws: Stop.self) {
            try test.database.transaction {
                try test.database.deliveries.enqueue(status(test, "A", chat: 1), session: test.id, now: test.now)
                throw Stop()
            }
        }
        #expect(try test.database.deliveries.list(limit: 9).isEmpty)
    }
}
