package import Logging
package import Model
import NIOCore
import Store

/// Delivers the due rows of `wa_webhook_deliveries`. Woken by commits and by the time of the next retry, never by polling.
///
/// Each webhook has a lane of its own, so that a slow receiver delays no other. What is taken and not recorded (the daemon was killed) is given again
/// after a minute; a first attempt at once by the next daemon.
package actor WebhookSender {
    /// Wait after the database failed.
    static let troubleSeconds: Int64 = 5

    private let executor: LoopExecutor
    private let database: DatabaseThread
    private let post: WebhookPost
    private let now: @Sendable () -> Timestamp
    private let checkpoint: @Sendable (Checkpoint) -> Void
    private let logger: Logger
    private let ledger: DeliveryLedger
    private var lanes: [Int64: WebhookLane] = [:]
    /// Attempts under way, by the row's id.
    private var attempts: [Int64: Task<Void, Never>] = [:]
    private var works: [Int64: Task<Void, Never>] = [:]
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
        ledger = DeliveryLedger(on: executor, database: database, logger: logger)
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

    /// Takes nothing more and waits for what was begun, 2 s at most; what is cut off is given back, and sent at once by the next daemon.
    package func stop() async {
        stopping = true
        timer?.cancel()
        // The last look may have found rows just now, often the session's own goodbye.
        await withCheckedContinuation { if isPassing { stopper = $0 } else { $0.resume() } }
        let limit = executor.loop.scheduleTask(in: .seconds(2)) { [executor] in executor.start { await self.cutOff() } }
        for work in works.values { await work.value }
        limit.cancel()
        await ledger.written()
        await post.stop()
    }

    private func cutOff() { for task in attempts.values { task.cancel() } }

    private func pass() async {
        do {
            let moment = now()
            // One query where nothing is due, as after most messages of owners without webhooks.
            let first = try await database.run { try $0.deliveries.nextDueAt() }
            guard let first, first <= moment else { return schedule(at: first) }
            if !hasReleased {
                try await database.run { try $0.deliveries.releaseFirstAttempts(now: moment) }
                hasReleased = true
            }
            for webhook in try await database.run({ try $0.deliveries.webhooksWithDue(now: moment) }) { open(webhook) }
            schedule(at: try await database.run { try $0.deliveries.nextDueAt(after: moment) })
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

    // MARK: One webhook

    private func open(_ webhook: Int64) {
        guard lanes[webhook] == nil else {
            lanes[webhook]?.isWanted = true
            return
        }
        lanes[webhook] = WebhookLane()
        works[webhook] = executor.start { await self.work(webhook) }
    }

    private func work(_ webhook: Int64) async {
        var hasWorked = false
        repeat {
            lanes[webhook]?.isWanted = false
            do {
                // A daemon that ends still sends the goodbye that it found.
                while !stopping || !hasWorked, case let rows = try await claim(webhook), !rows.isEmpty {
                    hasWorked = true
                    await deliver(rows, of: webhook)
                }
            } catch {
                logger.debug("a webhook waits for the database: \(error)")
                schedule(at: now().adding(milliseconds: Self.troubleSeconds * 1_000))
                break
            }
        } while lanes[webhook]?.isWanted == true && !stopping
        lanes[webhook] = nil
        works[webhook] = nil
        // What failed is due later. Where nothing was taken there is no news: what is due waits for an earlier event of its chat.
        if hasWorked { await wake() }
    }

    private func claim(_ webhook: Int64) async throws -> [DeliveryRow] {
        let moment = now()
        let limit = lanes[webhook]?.batch ?? WebhookLane.smallestBatch
        return try await database.run {
            try $0.deliveries.claimDue(webhook: webhook, now: moment, limit: limit, bytes: WebhookLane.batchBytes)
        }
    }

    /// Returns when the batch is sent and recorded.
    private func deliver(_ rows: [DeliveryRow], of webhook: Int64) async {
        lanes[webhook]?.begin(rows, at: steadyNow)
        await withCheckedContinuation { waiter in
            lanes[webhook]?.waiter = waiter
            pump(webhook)
        }
        lanes[webhook]?.adapt()
        await ledger.written()
    }

    /// Begins what may begin; ends the batch when nothing is left.
    private func pump(_ webhook: Int64) {
        if lanes[webhook]?.isLate(at: steadyNow) == true { giveBack(lanes[webhook]?.drop() ?? []) }
        while let row = lanes[webhook]?.take() {
            attempts[row.id] = executor.start { await self.attempt(row) }
        }
        guard lanes[webhook]?.isDone == true else { return }
        lanes[webhook]?.waiter?.resume()
        lanes[webhook]?.waiter = nil
    }

    private func attempt(_ row: DeliveryRow) async {
        let answer = await post.send(WebhookAttempt(row), now: now())
        attempts[row.id] = nil
        lanes[row.webhookID]?.finished(row, succeeded: answer.succeeded)
        if Task.isCancelled, !answer.succeeded {
            // A daemon that ends has cut the attempt off; it does not count, and nothing more is begun.
            giveBack([row.id] + (lanes[row.webhookID]?.drop() ?? []))
        } else {
            checkpoint(.webhookPosted)
            ledger.record(DeliveryOutcome(row, answer, at: now()))
            if !answer.succeeded, row.attempts + 1 < DeliveryTable.attemptsInOrder { giveBack(lanes[row.webhookID]?.drop(chat: row.chat) ?? []) }
        }
        pump(row.webhookID)
    }

    private func giveBack(_ ids: [Int64]) {
        if !ids.isEmpty { ledger.giveBack(ids, at: now()) }
    }

    private nonisolated var steadyNow: Int64 { Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000) }
}
