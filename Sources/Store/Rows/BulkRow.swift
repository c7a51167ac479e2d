package import Model

/// Where a row of `wa_bulk_jobs` stands.
package enum BulkStatus: String, Sendable, CaseIterable {
    case pending, working, paused, done, cancelled
    /// Nothing more is taken from it.
    package var isFinal: Bool { self == .done || self == .cancelled }
}

/// A row of `wa_bulk_jobs`: one message to many recipients, each of them a row of `wa_outbox`.
package struct BulkRow: Sendable, Equatable {
    package let id: Int64
    package let sessionID: Int64
    package let status: BulkStatus
    package let total: Int64
    /// While the bulk is open these are counted when the row is read.
    package internal(set) var successful: Int64
    package internal(set) var failed: Int64
    package internal(set) var cancelled: Int64
    package let delayMilliseconds: Int64
    package let nextAt: Timestamp
    package let createdAt: Timestamp
    package let finishedAt: Timestamp?

    package var open: Int64 { max(0, total - successful - failed - cancelled) }

    static let columns =
        "id, session_id, status, total, successful, failed, cancelled, delay_ms, next_at, created_at, finished_at, content_digest"

    init(_ row: Row) throws(StoreError) {
        id = try row.integer("id")
        sessionID = try row.integer("session_id")
        status = try row.word("status", as: BulkStatus.self)
        total = try row.integer("total")
        successful = try row.integer("successful")
        failed = try row.integer("failed")
        cancelled = try row.integer("cancelled")
        delayMilliseconds = try row.integer("delay_ms")
        nextAt = try row.moment("next_at")
        createdAt = try row.moment("created_at")
        finishedAt = try row.optionalMoment("finished_at")
    }
}

/// What became of one recipient of a bulk.
package struct BulkResult: Sendable, Equatable {
    /// The recipient as the request had it, as JSON.
    package let given: String
    package let status: OutboxStatus
    package let messageID: String?
    package let errorCode: String?
    package let error: String?

    init(_ row: Row) throws(StoreError) {
        given = try row.text("given_to")
        status = try row.word("status", as: OutboxStatus.self)
        messageID = try row.optionalText("message_id")
        errorCode = try row.optionalText("error_code")
        error = try row.optionalText("error")
    }
}
