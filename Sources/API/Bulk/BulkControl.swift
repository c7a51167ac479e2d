import Model
import Store

/// `GET messages/bulk`, `GET messages/bulk/:id`, and `POST` to `pause`, `resume` and `cancel` it.
enum BulkControl {
    static let list: @Sendable (Call) throws -> Success = { call in
        let page = try PageRequest(call.path.query, usual: 20, most: 100)
        let jobs = try call.database.bulkJobs.list(session: call.key.sessionID, limit: page.limit, offset: page.offset)
        let total = try call.database.bulkJobs.count(session: call.key.sessionID)
        return Success(
            data: .members(["jobs": .array(jobs.map { .object(BulkAnswer.job($0)) }), "pagination": page.pagination(total: total)]),
            message: page.message)
    }

    static let one: @Sendable (Call) throws -> Success = { call in
        let page = try PageRequest(call.path.query, usual: 100, most: 1_000)
        let job = try job(call)
        let results = try call.database.bulkJobs.results(id: job.id, limit: page.limit, offset: page.offset)
        return Success(
            data: .object(
                BulkAnswer.job(job) + [
                    JSONMember("results", .array(results.map(BulkAnswer.result))),
                    JSONMember("pagination", page.pagination(total: job.total - job.open)),
                ]), message: page.message)
    }

    static let pause: @Sendable (Call) throws -> Success = { call in
        try change(call, "paused") { job in
            try call.database.bulkJobs.pause(id: job.id, session: job.sessionID) || job.status == .paused
        }
    }

    static let resume: @Sendable (Call) throws -> Success = { call in
        try change(call, "resumed") { job in
            try call.database.bulkJobs.resume(id: job.id, session: job.sessionID, now: call.now) || !job.status.isFinal
        }
    }

    static let cancel: @Sendable (Call) throws -> Success = { call in
        try change(call, "cancelled") { job in
            let now = call.now
            return try call.retryingDeadlocks { () throws(StoreError) in
                try call.database.bulkJobs.cancel(id: job.id, session: job.sessionID, now: now)
            } || job.status == .cancelled
        }
    }

    /// - Parameter work: false where the job is finished.
    private static func change(_ call: Call, _ word: String, _ work: (BulkRow) throws -> Bool) throws -> Success {
        let before = try job(call)
        guard try work(before) else {
            throw Problem(
                409, "bulk_finished", "The bulk is finished", error: "it is \(before.status.rawValue) already and can not be \(word)")
        }
        if let row = try call.database.bulkJobs.lastOpenRow(id: before.id) {
            _ = call.doorbell.ring(.outbox(session: before.sessionID, row: row), until: Deadline(0))
        }
        return Success(data: .object(BulkAnswer.job(try job(call))), message: "Bulk \(word)")
    }

    private static func job(_ call: Call) throws -> BulkRow {
        let id = try call.number("id", else: .noSuchBulk)
        guard let job = try call.database.bulkJobs.find(id: id, session: call.key.sessionID) else { throw Problem.noSuchBulk }
        return job
    }
}

extension Problem {
    static let noSuchBulk = Problem(404, "bulk_not_found", "Bulk not found", error: "no bulk with this job_id")
}
