import Model
import Store

/// Writes what became of an attempt, and when the next one is.
struct DeliveryOutcome: Sendable {
    private let row: DeliveryRow
    private let answer: WebhookAnswer
    private let moment: Timestamp

    init(_ row: DeliveryRow, _ answer: WebhookAnswer, at moment: Timestamp) {
        self.row = row
        self.answer = answer
        self.moment = moment
    }

    /// - Returns: milliseconds until the next attempt; nil where there is none.
    func record(in database: Database) throws -> Int64? {
        let noted = DeliveryAnswer(
            statusCode: answer.status, error: answer.succeeded ? nil : answer.status.map { "HTTP status \($0)" } ?? answer.head,
            head: answer.status == nil ? nil : answer.head)
        if answer.succeeded {
            try database.deliveries.succeeded(id: row.id, answer: noted, at: moment)
            return nil
        }
        var random = SystemRandomNumberGenerator()
        guard let wait = try schedule(in: database).wait(afterFailures: row.attempts + 1, using: &random) else {
            try database.deliveries.dead(id: row.id, answer: noted, at: moment)
            return nil
        }
        try database.deliveries.failedRetry(id: row.id, answer: noted, next: moment.adding(milliseconds: wait), at: moment)
        return wait
    }

    /// The owner's schedule; instead of a bad one, which ``SettingCheck`` marks, the standard holds.
    private func schedule(in database: Database) throws -> RetrySchedule {
        try database.settings.value("webhooks.retry_schedule").flatMap { RetrySchedule(parsing: $0) } ?? .standard
    }
}

extension WebhookAttempt {
    init(_ row: DeliveryRow) {
        self.init(
            eventID: row.eventID, event: row.event, eventTimestamp: row.eventAt.iso8601, url: row.url, secret: WebhookSecret(row.secret),
            body: Array(row.body.utf8), number: row.attempts + 1, sequence: row.sequence)
    }
}
