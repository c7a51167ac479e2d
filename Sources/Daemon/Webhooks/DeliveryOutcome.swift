import Model
import Store

/// What became of an attempt, to be written down with others.
struct DeliveryOutcome: Sendable {
    private let row: DeliveryRow
    private let answer: WebhookAnswer
    private let moment: Timestamp

    init(_ row: DeliveryRow, _ answer: WebhookAnswer, at moment: Timestamp) {
        self.row = row
        self.answer = answer
        self.moment = moment
    }

    /// Writes outcomes in their order; receivers mostly say the same, so that successes are one statement for each webhook and answer.
    /// - Returns: what failed, with the milliseconds until its next attempt; nil where there is none.
    static func record(
        _ entries: [DeliveryLedger.Entry], in database: Database
    ) throws -> [(row: DeliveryRow, answer: WebhookAnswer, wait: Int64?)] {
        var failures: [(row: DeliveryRow, answer: WebhookAnswer, wait: Int64?)] = []
        var successes: [Success: (ids: [Int64], moment: Timestamp)] = [:]
        for entry in entries {
            switch entry {
            case .outcome(let outcome) where outcome.answer.succeeded:
                let key = Success(webhook: outcome.row.webhookID, answer: outcome.answer)
                successes[key, default: ([], outcome.moment)].ids.append(outcome.row.id)
            case .outcome(let outcome): failures.append((outcome.row, outcome.answer, try outcome.recordFailure(in: database)))
            case .givenBack(let ids, let moment): try database.deliveries.giveBack(ids: ids, at: moment)
            }
        }
        // Webhooks in the order in which those who queue events lock them.
        for (key, group) in successes.sorted(by: { ($0.key.webhook, $0.value.ids[0]) < ($1.key.webhook, $1.value.ids[0]) }) {
            let noted = DeliveryAnswer(statusCode: key.answer.status, head: key.answer.head)
            try database.deliveries.succeeded(ids: group.ids, webhook: key.webhook, answer: noted, at: group.moment)
        }
        return failures
    }

    private struct Success: Hashable {
        let webhook: Int64
        let answer: WebhookAnswer
    }

    private func recordFailure(in database: Database) throws -> Int64? {
        let noted = DeliveryAnswer(
            statusCode: answer.status, error: answer.status.map { "HTTP status \($0)" } ?? answer.head,
            head: answer.status == nil ? nil : answer.head)
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
            body: Array(row.body.utf8), number: row.attempts + 1, sequence: row.sequence, added: WebhookHeaders(parsing: row.headers))
    }
}
