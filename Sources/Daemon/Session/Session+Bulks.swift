import Logging
import Model
import NIOCore
import Store

/// Bulks: their rows are taken at their own pace, beside the single messages, which never wait for them.
extension Session {
    /// Of the messages that may wait for their ack, those that bulks leave to single ones.
    private static let reserved = 8

    /// Does nothing unless connected, and nothing twice at a time.
    func startBulks() {
        bulksHaveRung = true
        guard link?.isActive == true, !isSendingBulks else { return }
        isSendingBulks = true
        environment.executor.start { await self.sendBulks() }
    }

    private func sendBulks() async {
        defer { isSendingBulks = false }
        repeat {
            (bulksHaveRung, bulksWait) = (false, false)
            do {
                try await obeyOwner()
                while mayTakeMore, let rows = try await dueBulkRows() {
                    for row in rows { try await send(row) }
                }
                bulksWait = link?.isActive == true && !mayTakeMore
            } catch {
                logger.error("the bulks can not be worked on: \(error)")
                return endLink(.database)
            }
        } while bulksHaveRung && mayTakeMore
    }

    private var mayTakeMore: Bool {
        link?.isActive == true && link?.end == nil && inFlight.count < Self.maximumInFlight - Self.reserved
    }

    /// nil where nothing is due; then the timer is set for what is due next.
    private func dueBulkRows() async throws -> [OutboxRow]? {
        let now = environment.now()
        let due = try await environment.database.run { [id] in try $0.bulkJobs.nextDueAt(session: id) }
        bulkTimer?.cancel()
        bulkTimer = nil
        guard let due else { return nil }
        guard due <= now else {
            // The sweep looks again anyway, should the clock be set meanwhile.
            bulkTimer = after(min(due.milliseconds - now.milliseconds, 3_600_000)) { await $0.startBulks() }
            return nil
        }
        environment.checkpoint(.claiming)
        let rows = try await commit { [id] in try $0.bulkJobs.claimDue(session: id, now: now) }
        environment.checkpoint(.claimed)
        return rows.isEmpty ? nil : rows
    }

    /// What the owner typed into the rows: cancelled messages and bulks. Whoever waits for them is told.
    private func obeyOwner() async throws {
        let now = environment.now()
        let cancelled = try await environment.database.run { [id] database in
            try database.bulkJobs.obeyOwner(session: id, now: now)
            return try database.outbox.tellCancelled(session: id, at: now)
        }
        if cancelled > 0 { environment.wakeWebhooks() }
    }
}
