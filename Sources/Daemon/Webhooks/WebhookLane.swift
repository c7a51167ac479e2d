import Store

/// What one webhook has under way: a batch of its due events, of which those of one chat go one after the other.
struct WebhookLane: Sendable {
    /// Attempts at a time.
    static let places = 4
    /// Events of a batch: the first ones show whether the receiver answers, then it grows with every batch that went well.
    static let smallestBatch = 4
    static let largestBatch = 64
    /// Bytes of the bodies of a batch.
    static let batchBytes: Int64 = 512 << 10
    /// Milliseconds after which nothing more of a batch is begun: its events are taken for a minute.
    static let batchTime: Int64 = 30_000

    /// Somebody has rung since the last look.
    var isWanted = false
    private(set) var batch = smallestBatch
    private(set) var queue: [DeliveryRow] = []
    private var startedAt: Int64 = 0
    private var running: Set<Int64> = []
    private var hasFailed = false
    /// Whoever waits for the end of the batch.
    var waiter: CheckedContinuation<Void, Never>?

    var isDone: Bool { queue.isEmpty && running.isEmpty }

    mutating func begin(_ rows: [DeliveryRow], at moment: Int64) {
        queue = rows
        startedAt = moment
        hasFailed = false
    }

    /// The next event that may go: of a chat nothing while an earlier event of it is under way.
    mutating func take() -> DeliveryRow? {
        guard running.count < Self.places, let index = queue.firstIndex(where: { !running.contains($0.chat) }) else { return nil }
        let row = queue.remove(at: index)
        running.insert(row.chat)
        return row
    }

    mutating func finished(_ row: DeliveryRow, succeeded: Bool) {
        running.remove(row.chat)
        if !succeeded { hasFailed = true }
    }

    /// What is not to be begun any more.
    /// - Parameter chat: of this chat alone.
    mutating func drop(chat: Int64? = nil) -> [Int64] {
        let dropped = queue.filter { chat == nil || $0.chat == chat }.map(\.id)
        queue.removeAll { chat == nil || $0.chat == chat }
        return dropped
    }

    func isLate(at moment: Int64) -> Bool { moment - startedAt > Self.batchTime }

    /// The batch is over.
    mutating func adapt() { batch = hasFailed ? Self.smallestBatch : min(batch * 2, Self.largestBatch) }
}
