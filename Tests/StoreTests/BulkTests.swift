import Model
import Store
import TestDatabase
import Testing

@Suite struct BulkTests {
    private func bulk(
        _ test: TestSession, _ count: Int, delay: Int64 = 1_000, failing: Set<Int> = [], key: String? = nil, limit: Int64? = nil
    ) throws -> EnqueueBulkResult {
        let keyID =
            try test.database.apiKeys.list().first?.id
            ?? test.database.apiKeys.insert(NewAPIKey(name: "k", hash: String(repeating: "a", count: 64)))
        let recipients = (0..<count).map { index in
            NewBulk.Recipient(
                to: "9689000\(1000 + index)@s.whatsapp.net", given: "\"9689000\(1000 + index)\"",
                failure: failing.contains(index) ? .init(code: "opted_out", text: "no") : nil)
        }
        let day = UsageDay(apiKeyID: keyID, date: "2026-02-27")
        return try test.database.bulkJobs.enqueue(
            NewBulk(
                sessionID: test.id, apiKeyID: keyID, kind: "text", payload: #"{"message":"Hello"}"#, recipients: recipients,
                delayMilliseconds: delay, idempotency: key.map { .init(apiKeyID: keyID, key: $0, contentDigest: "d") },
                allowance: MessageAllowance(day, count: count, limit: limit)), now: test.now)
    }

    private func stored(_ result: EnqueueBulkResult) throws -> BulkRow {
        guard case .stored(let row) = result else { throw StoreError.malformed("\(result)") }
        return row
    }

    @Test func rowsAreTakenOneAfterTheOtherAtTheJobsPace() throws {
        let test = try TestSession()
        let jobs = test.database.bulkJobs
        let job = try stored(bulk(test, 3, delay: 500, failing: [1]))
        #expect(job.status == .pending && job.total == 3 && job.failed == 1 && job.open == 2)
        #expect(try test.database.outbox.nextDueAt(session: test.id) == nil, "single messages do not see it")
        #expect(try jobs.nextDueAt(session: test.id) == test.now)
        let first = try jobs.claimDue(session: test.id, now: test.now)
        #expect(first.map(\.to) == ["96890001000@s.whatsapp.net"] && first.first?.payload.contains("Hello") == true)
        #expect(try jobs.claimDue(session: test.id, now: test.now).isEmpty)
        #expect(try jobs.nextDueAt(session: test.id) == test.now.adding(milliseconds: 500))
        let second = try jobs.claimDue(session: test.id, now: test.now.adding(milliseconds: 500))
        #expect(second.map(\.to) == ["96890001002@s.whatsapp.net"])
        for row in first + second { try test.database.outbox.sent(id: row.id, at: test.now) }
        let done = try #require(try jobs.find(id: job.id, session: test.id))
        #expect(done.status == .done && done.successful == 2 && done.failed == 1 && done.finishedAt == test.now)
        #expect(try jobs.results(id: job.id).map(\.status) == [.sent, .failed, .sent])
        #expect(try jobs.results(id: job.id, limit: 1, offset: 1).first?.given == "\"96890001001\"")
    }

    @Test func severalJobsMoveSideBySideAndOneWithoutAPauseInSmallSteps() throws {
        let test = try TestSession()
        let slow = try stored(bulk(test, 5, delay: 60_000))
        let fast = try stored(bulk(test, 300, delay: 0))
        let claimed = try test.database.bulkJobs.claimDue(session: test.id, now: test.now)
        #expect(claimed.filter { $0.bulkJobID == slow.id }.count == 1)
        #expect((1...8).contains(claimed.filter { $0.bulkJobID == fast.id }.count))
        #expect(try test.database.bulkJobs.find(id: fast.id, session: test.id)?.open == 300)
    }

    @Test func pausedAndCancelledJobsGiveNothingMore() throws {
        let test = try TestSession()
        let jobs = test.database.bulkJobs
        let job = try stored(bulk(test, 3, delay: 0))
        #expect(try jobs.pause(id: job.id, session: test.id))
        #expect(try jobs.claimDue(session: test.id, now: test.now).isEmpty && jobs.nextDueAt(session: test.id) == nil)
        #expect(try !jobs.pause(id: job.id, session: 2))
        #expect(try jobs.resume(id: job.id, session: test.id, now: test.now))
        let taken = try jobs.claimDue(session: test.id, now: test.now)
        #expect(taken.count == 3)
        try test.database.outbox.retryLater(id: taken[2].id, at: test.now, code: "x", error: "x")
        #expect(try jobs.cancel(id: job.id, session: test.id, now: test.now))
        #expect(try !jobs.cancel(id: job.id, session: test.id, now: test.now))
        #expect(try jobs.find(id: job.id, session: test.id)?.finishedAt == nil, "two are under way")
        for row in taken.prefix(2) { try test.database.outbox.sent(id: row.id, at: test.now) }
        let end = try #require(try jobs.find(id: job.id, session: test.id))
        #expect(end.status == .cancelled && end.successful == 2 && end.cancelled == 1 && end.finishedAt != nil)
    }

    @Test func theOwnersHandsAreObeyed() throws {
        let test = try TestSession()
        let jobs = test.database.bulkJobs
        let first = try stored(bulk(test, 2))
        let second = try stored(bulk(test, 2))
        _ = try test.database.run("UPDATE wa_bulk_jobs SET status = 'cancelled' WHERE id = ?", [.integer(first.id)])
        _ = try test.database.run("UPDATE wa_outbox SET status = 'cancelled' WHERE bulk_job_id = ?", [.integer(second.id)])
        try jobs.obeyOwner(session: test.id, now: test.now)
        let (a, b) = (try jobs.find(id: first.id, session: test.id), try jobs.find(id: second.id, session: test.id))
        #expect(a?.status == .cancelled && a?.cancelled == 2 && a?.finishedAt != nil)
        #expect(b?.status == .done && b?.cancelled == 2)
    }

    @Test func aRepeatedRequestIsOneJobAndAKeyIsOneRequest() throws {
        let test = try TestSession()
        _ = try stored(bulk(test, 2, key: "once"))
        guard case .inProgress = try bulk(test, 2, key: "once") else {
            Issue.record("stored twice")
            return
        }
        let key = try #require(try test.database.apiKeys.list().first?.id)
        let single = test.text(
            to: "96890000001", id: "M", idempotency: .init(apiKeyID: key, key: "once", contentDigest: "d"))
        guard case .conflict = try test.database.outbox.enqueue(single, now: test.now) else {
            Issue.record("a single message took the key of a bulk")
            return
        }
    }

    @Test func theDailyCapOfMessagesHoldsForTheWholeBulk() throws {
        let test = try TestSession()
        _ = try stored(bulk(test, 3, limit: 5))
        guard case .overAllowance = try bulk(test, 3, limit: 5) else {
            Issue.record("sent more than allowed")
            return
        }
        _ = try stored(bulk(test, 2, limit: 5))
        #expect(try test.database.keyUsage.list(limit: 9).map(\.messages) == [5])
        #expect(try test.database.bulkJobs.count(session: test.id) == 2)
    }

    @Test func aCancelledMessageIsToldToLogAndWebhooks() throws {
        let test = try TestSession()
        _ = try test.database.webhooks.add(url: "https://a.example")
        guard case .stored(let row) = try test.database.outbox.enqueue(test.text(to: "96890000001", id: "3EB001"), now: test.now) else { return }
        let message = try #require(row.messageRowID)
        #expect(try test.database.outbox.cancel(messageRow: message, session: 2, at: test.now) == nil)
        #expect(try test.database.outbox.cancel(messageRow: message, session: test.id, at: test.now)?.status == .cancelled)
        let logged = try test.database.messages.find(id: message, session: test.id)
        #expect(logged?.status == .failed && logged?.errorCode == "cancelled")
        #expect(try test.database.deliveries.list(limit: 9).map(\.event) == ["message.status"])
        guard case .stored(let second) = try test.database.outbox.enqueue(test.text(to: "96890000001", id: "3EB002"), now: test.now) else { return }
        _ = try test.database.run("UPDATE wa_outbox SET status = 'cancelled' WHERE id = ?", [.integer(second.id)])
        #expect(try test.database.outbox.tellCancelled(session: test.id, at: test.now) == 1)
        #expect(try test.database.outbox.tellCancelled(session: test.id, at: test.now) == 0)
        #expect(try test.database.messages.find("3EB002", session: test.id)?.status == .failed)
    }
}
