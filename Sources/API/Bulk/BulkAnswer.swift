import Model
import Store

/// A bulk as the API shows it.
enum BulkAnswer {
    /// The reference's four fields once it is finished; before, 202 with the same four as they stand and the job's number.
    static func of(_ job: BulkRow, _ call: Call) throws -> Success {
        let results = JSONMember("results", .array(try call.database.bulkJobs.results(id: job.id).map(result)))
        let four = counts(job) + [results]
        guard !job.status.isFinal || job.finishedAt == nil else { return Success(data: .object(four)) }
        return Success(
            status: 202,
            data: .object(four + [JSONMember("job_id", .integer(job.id)), JSONMember("status", .string(job.status.rawValue))]))
    }

    /// The bulk is stored: trouble from here on must not look like a failure, or the caller sends it twice.
    static func stored(_ job: BulkRow, _ call: Call) throws -> Success {
        do {
            return try of(try call.database.bulkJobs.find(id: job.id, session: job.sessionID) ?? job, call)
        } catch is StoreError {
            let four = counts(job) + [JSONMember("results", .array([]))]
            return Success(
                status: 202, data: .object(four + [JSONMember("job_id", .integer(job.id)), JSONMember("status", .string(job.status.rawValue))]))
        }
    }

    static func counts(_ job: BulkRow) -> [JSONMember] {
        [
            JSONMember("total", .integer(job.total)), JSONMember("successful", .integer(job.successful)),
            JSONMember("failed", .integer(job.failed)),
        ]
    }

    /// The job without its results.
    static func job(_ job: BulkRow) -> [JSONMember] {
        [JSONMember("job_id", .integer(job.id)), JSONMember("status", .string(job.status.rawValue))] + counts(job) + [
            JSONMember("cancelled", .integer(job.cancelled)), JSONMember("pending", .integer(job.open)),
            JSONMember("delay", .integer(job.delayMilliseconds)), JSONMember("created_at", .string(job.createdAt.iso8601)),
            JSONMember("finished_at", .text(job.finishedAt?.iso8601)),
        ]
    }

    static func result(_ result: BulkResult) -> JSONValue {
        let to = (try? JSONParser.parse(Array(result.given.utf8))) ?? .string(result.given)
        guard result.status != .sent else {
            return .members(["to": to, "success": true, "message_id": .text(result.messageID)])
        }
        let code = result.errorCode ?? result.status.rawValue
        let words = result.error ?? (result.status == .cancelled ? "cancelled before it was sent" : "not sent")
        return .members([
            "to": to, "success": false, "error": .string(words), "code": .string(code), "message_id": result.messageID.map(JSONValue.string),
        ])
    }
}
