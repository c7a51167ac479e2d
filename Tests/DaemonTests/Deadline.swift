import NIOCore
import NIOPosix

/// Values that a test waits for, with a deadline instead of sleeping.
actor Mailbox<Value: Sendable> {
    private var values: [Value] = []
    private var waiting: [CheckedContinuation<Value?, Never>] = []
    private var expired = 0

    nonisolated func put(_ value: Value) { Task { await self.add(value) } }

    func add(_ value: Value) {
        if waiting.isEmpty { values.append(value) } else { waiting.removeFirst().resume(returning: value) }
    }

    var count: Int { values.count }

    /// The next value, nil when none came in time.
    func next(seconds: Int64 = 10) async -> Value? {
        let timer = MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: .seconds(seconds)) { Task { await self.expire() } }
        defer { timer.cancel() }
        return await withCheckedContinuation {
            if values.isEmpty { waiting.append($0) } else { $0.resume(returning: values.removeFirst()) }
        }
    }

    private func expire() {
        if !waiting.isEmpty { waiting.removeFirst().resume(returning: nil) }
    }
}
