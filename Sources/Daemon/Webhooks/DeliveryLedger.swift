import Logging
import Model
import Store

/// Writes down what became of attempts, all that came while the last writing went on in one transaction: one commit for many deliveries under load, one
/// for each without.
final class DeliveryLedger: Sendable {
    private let writer: Writer
    private let executor: LoopExecutor

    init(on executor: LoopExecutor, database: DatabaseThread, logger: Logger) {
        self.executor = executor
        writer = Writer(on: executor, database: database, logger: logger)
    }

    enum Entry: Sendable {
        case outcome(DeliveryOutcome)
        /// Taken and not tried.
        case givenBack([Int64], at: Timestamp)
    }

    /// To be called on the executor's thread.
    func record(_ outcome: DeliveryOutcome) { add(.outcome(outcome)) }
    func giveBack(_ ids: [Int64], at moment: Timestamp) { add(.givenBack(ids, at: moment)) }

    private func add(_ entry: Entry) { writer.assumeIsolated { $0.add(entry) } }

    /// Returns when everything that was recorded before is written, or could not be.
    func written() async { await writer.written() }
}

private actor Writer {
    private let executor: LoopExecutor
    private let database: DatabaseThread
    private let logger: Logger
    private var entries: [DeliveryLedger.Entry] = []
    private var isWriting = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(on executor: LoopExecutor, database: DatabaseThread, logger: Logger) {
        self.executor = executor
        self.database = database
        self.logger = logger
    }

    func add(_ entry: DeliveryLedger.Entry) {
        entries.append(entry)
        guard !isWriting else { return }
        isWriting = true
        executor.start { await self.write() }
    }

    func written() async {
        await withCheckedContinuation { if isWriting { waiters.append($0) } else { $0.resume() } }
    }

    private func write() async {
        while !entries.isEmpty {
            let batch = entries
            entries = []
            do {
                let waits = try await database.transaction { try DeliveryOutcome.record(batch, in: $0) }
                for (row, answer, wait) in waits { log(row, answer, wait) }
            } catch {
                logger.warning("the outcome of \(batch.count) webhook deliveries could not be stored; they are sent again: \(error)")
            }
        }
        isWriting = false
        for waiter in waiters { waiter.resume() }
        waiters = []
    }

    private func log(_ row: DeliveryRow, _ answer: WebhookAnswer, _ wait: Int64?) {
        logger.info("webhook failed", metadata: [
            "webhook": "\(row.webhookID)", "status": "\(answer.status ?? 0)", "attempt": "\(row.attempts + 1)",
            "retry_s": wait.map { "\($0 / 1_000)" } ?? "never",
        ])
    }
}
