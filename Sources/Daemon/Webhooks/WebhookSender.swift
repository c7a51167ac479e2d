package import Logging
package import Model
import NIOCore
import Store

/// Delivers the due rows of `wa_webhook_deliveries`. Woken by commits and by the time of the next retry, never by polling.
///
/// The queries keep the order per webhook and chat; a slow receiver takes few of the places, so that others go on. What is taken and not
/// recorded (the daemon was killed) is given again after a minute; a first attempt at once by the next daemon.
package actor WebhookSender {
    static let placesPerWebhook = 4
    static let places = 16
    /// Wait after the database failed.
    static let troubleSeconds: Int64 = 5

    private let executor: LoopExecutor
    private let database: DatabaseThread
    private let post: WebhookPost
    private let now: @Sendable () -> Timestamp
    private let checkpoint: @Sendable (Checkpoint) -> Void
    private let logger: Logger
    /// Attempts under way with their webhook, by the row's id.
    private var tasks: [Int64: (webhook: Int64, task: Task<Void, Never>)] = [:]
    /// What an earlier daemon had taken is free again.
    private var hasReleased = false
    private var isPassing = false
    private var wokenAgain = false
    private var stopping = false
    /// Waits for the look that is under way.
    private var stopper: CheckedContinuation<Void, Never>?
    private var timer: Scheduled<Void>?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    package init(
        on executor: LoopExecutor, database: DatabaseThread, post: WebhookPost, now: @escaping @Sendable () -> Timestamp, logger: Logger,
        checkpoint: @escaping @Sendable (Checkpoint) -> Void = { _ in }
    ) {
        self.executor = executor
        self.database = database
        self.post = post
        self.now = now
        self.checkpoint = checkpoint
        self.logger = logger
    }

    /// There may be due rows. Cheap when there are none; calls while a look is under way become one more look.
    package func wake() async {
        guard !stopping else { return }
        guard !isPassing else {
            wokenAgain = true
            return
        }
        isPassing = true
        repeat {
            wokenAgain = false
            await pass()
        } while wokenAgain && !stopping
        isPassing = false
        stopper?.resume()
        stopper = nil
    }

    /// Takes nothing more and waits for what was taken, 2 s at most; what is cut off is given back, and sent at once by the next daemon.
    package func stop() async {
        stopping = true
        timer?.cancel()
        // The last look may have taken rows just now, often the session's own goodbye.
        await withCheckedContinuation { if isPassing { stopper = $0 } else { $0.resume() } }
        let running = tasks.values.map(\.task)
        let limit = executor.loop.scheduleTask(in: .seconds(2)) { running.forEach { $0.cancel() } }
        for task in running { await task.value }
        limit.cancel()
        await post.stop()
    }

    private func pass() async {
        guard tasks.count < Self.places else { return }
        do {
            let moment = now()
            // One query where nothing is due, as after most messages of owners without webhooks.
            let first = try await database.run { try $0.deliveries.nextDueAt() }
            guard let first, first <= moment else { return schedule(at: first) }
            let free = Self.places - tasks.count
            let full = Set(Dictionary(grouping: tasks.values, by: \.webhook).filter { $1.count >= Self.placesPerWebhook }.keys)
            if !hasReleased {
                try await database.run { try $0.deliveries.releaseFirstAttempts(now: moment) }
                hasReleased = true
            }
            let due = try await database.transaction {
                try $0.deliveries.claimDue(now: moment, perWebhook: Self.placesPerWebhook, limit: free, except: full)
            }
            for row in due { start(row) }
            let next = try await database.run { try $0.deliveries.nextDueAt(after: moment) }
            schedule(at: next)
        } catch {
            logger.debug("webhooks wait for the database: \(error)")
            schedule(at: now().adding(milliseconds: Self.troubleSeconds * 1_000))
        }
    }

    private func schedule(at next: Timestamp?) {
        timer?.cancel()
        timer = nil
        guard let next, !stopping else { return }
        let wait = max(next.milliseconds - now().milliseconds, 1)
        timer = executor.loop.scheduleTask(in: .milliseconds(wait)) { [executor] in executor.start { await self.wake() } }
    }

    private func start(_ row: DeliveryRow) {
        guard tasks[row.id] == nil else { return }
        let task = executor.start {
            await self.deliver(row)
            await self.finished(row.id)
        }
        tasks[row.id] = (row.webhookID, task)
    }

    private func finished(_ id: Int64) async {
        tasks[id] = nil
        await wake()
    }

    private func deliver(_ row: DeliveryRow) async {
        let answer = await post.send(WebhookAttempt(row), now: now())
        // A daemon that ends has cut the attempt off; it does not count.
        let moment = now()
        if Task.isCancelled, !answer.succeeded {
            try? await database.run { try $0.deliveries.giveBack(id: row.id, at: moment) }
            return
        }
        checkpoint(.webhookPosted)
        do {
            let wait = try await database.transaction { try DeliveryOutcome(row, answer, at: moment).record(in: $0) }
            if !answer.succeeded {
                logger.info("webhook failed", metadata: [
                    "webhook": "\(row.webhookID)", "status": "\(answer.status ?? 0)", "attempt": "\(row.attempts + 1)",
                    "retry_s": wait.map { "\($0 / 1_000)" } ?? "never",
                ])
            }
        } catch {
            logger.warning("the outcome of a webhook could not be stored; it is sent again: \(error)")
        }
    }
}
