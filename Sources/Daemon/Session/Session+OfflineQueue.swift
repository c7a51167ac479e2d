import Logging
import WhatsApp

/// What waited at the service while we were away comes in batches: some services send all of it at once, others only as much as they
/// are asked for. Source: protocol notes on the transport, section 6.
extension Session {
    func startOfflineQueue(_ count: Int) {
        logger.info("\(count) stanzas waited while offline")
        guard count > 0 else { return }
        link?.offline = OfflineQueue(startedAt: steadyNow)
        askForBatch()
    }

    /// One of the queue has been handled.
    func noteOffline(_ node: Node) {
        guard node.string("offline") != nil, link?.offline?.count(now: steadyNow) == true else { return }
        askForBatch()
    }

    private func askForBatch() {
        send(InformationBroadcast.offlineBatch(count: OfflineQueue.batch))
        guard let current = link?.generation else { return }
        after(SessionTimes.offlineProgress) { await $0.lookAtOfflineQueue(generation: current) }
    }

    /// Asks again where nothing came, and gives up in time: the end is not announced by every service.
    private func lookAtOfflineQueue(generation: Int) {
        guard link?.generation == generation, let queue = link?.offline else { return }
        let silence = steadyNow - queue.lastProgress
        if silence >= SessionTimes.offlineQueue {
            link?.offline = nil
        } else if silence >= SessionTimes.offlineProgress {
            askForBatch()
        } else {
            after(SessionTimes.offlineProgress - silence) { await $0.lookAtOfflineQueue(generation: generation) }
        }
    }
}

/// How far the queue has been delivered on this connection.
struct OfflineQueue: Sendable {
    /// Stanzas asked for at a time.
    static let batch = 200

    private var inBatch = 0
    /// By the steady clock, in milliseconds.
    private(set) var lastProgress: Int64

    init(startedAt now: Int64) { lastProgress = now }

    /// One more has come; true when the next batch is to be asked for.
    mutating func count(now: Int64) -> Bool {
        lastProgress = now
        inBatch = (inBatch + 1) % Self.batch
        return inBatch == 0
    }
}
