import Model
import Store

/// `POST messages/send-bulk`: stores a job and a row for each recipient, and waits for the last one where all can be sent within a request's time.
enum SendBulk {
    /// What a message takes beside the pause, generously: an unknown recipient is looked up first.
    private static let millisecondsPerMessage: Int64 = 120

    static let answer: @Sendable (Call) throws -> Success = { call in
        let request = try BulkRequest(call)
        let idempotency = try call.idempotencyKey().map {
            NewOutboxRow.Idempotency(apiKeyID: call.key.id, key: $0.text, contentDigest: request.digest)
        }
        if let idempotency, let earlier = try call.database.bulkJobs.earlier(idempotency, now: call.now) {
            return try answer(earlier, request, call)
        }
        let session = try call.session()
        let trouble = SendMessage.trouble(of: session, call)
        if let trouble, !request.wish.mayWait(for: session) { throw trouble }
        let recipients = try request.checked(call)
        let open = recipients.count { $0.failure == nil }
        let new = NewBulk(
            sessionID: session.id, apiKeyID: call.key.id, kind: request.message.kind.rawValue,
            payload: CanonicalJSON.text(request.message.payload), recipients: recipients, delayMilliseconds: request.delay,
            idempotency: idempotency, sendAt: request.wish.sendAt, allowance: call.allowance(messages: open))
        let now = call.now
        let result: EnqueueBulkResult
        do {
            result = try call.retryingDeadlocks { () throws(StoreError) in try call.database.bulkJobs.enqueue(new, now: now) }
        } catch StoreError.commitUncertain {
            request.file?.keep()
            throw StoreError.commitUncertain
        }
        guard case .stored(let job) = result else { return try answer(result, request, call) }
        request.file?.keep()
        if job.status.isFinal || trouble != nil || request.wish.sendAt != nil { return try BulkAnswer.of(job, call) }
        let expected = request.delay * Int64(max(0, open - 1)) + millisecondsPerMessage * Int64(open)
        wait(for: job, isShort: expected <= Int64(call.deadline.remaining), call)
        return try BulkAnswer.stored(job, call)
    }

    /// Rings, and, for a job that is expected to end in time, waits for its last row if one of the waiting slots is free.
    private static func wait(for job: BulkRow, isShort: Bool, _ call: Call) {
        guard let first = try? call.database.bulkJobs.lastOpenRow(id: job.id) else { return }
        guard isShort, let slot = call.service.waitingSlot() else {
            _ = call.doorbell.ring(.outbox(session: job.sessionID, row: first), until: Deadline(0))
            return
        }
        var row: Int64? = first
        while let waited = row, !call.deadline.hasPassed {
            guard case .answered = call.doorbell.ring(.outbox(session: job.sessionID, row: waited), until: call.deadline) else { break }
            // A recipient that had to be looked up, or was put off, may be later than the last one.
            row = (try? call.database.bulkJobs.lastOpenRow(id: job.id)) ?? nil
            if row == waited { break }
        }
        slot.release()
    }

    private static func answer(_ result: EnqueueBulkResult, _ request: BulkRequest, _ call: Call) throws -> Success {
        switch result {
        case .stored(let job), .repeated(let job): return try BulkAnswer.of(job, call)
        case .conflict: throw Problem.idempotencyConflict
        case .overAllowance: throw Problem.noMessagesLeft(call)
        case .inProgress(let job):
            // The first request has had its answer by now.
            let answered = job.createdAt.adding(milliseconds: Limits.requestWaitMilliseconds)
            guard request.wish.mayWait || answered <= call.now else { throw Problem.inProgress }
            return try BulkAnswer.of(job, call)
        }
    }
}
