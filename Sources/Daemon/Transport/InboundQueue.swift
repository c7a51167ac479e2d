import Synchronization

/// Messages between the event loop that receives them and the one task that reads them; asks the connection to pause when the reader is behind.
final class InboundQueue: Sendable {
    private struct State {
        var messages: [[UInt8]] = []
        var bytes = 0
        var paused = false
        var finish: Result<Void, any Error>?
        var reader: CheckedContinuation<[UInt8]?, any Error>?
    }

    /// Bytes waiting for the reader from which on the connection is not read; it is read again below half of them.
    static let highWater = 1 << 20
    private let state = Mutex(State())
    private let setReading: @Sendable (Bool) -> Void
    /// What arrived since the reader last came.
    let sign = LifeSign()

    /// `setReading` is called with false when the queue is full and with true when it has room again, on any thread.
    init(setReading: @escaping @Sendable (Bool) -> Void) { self.setReading = setReading }

    /// No message waits for the reader.
    var isEmpty: Bool { state.withLock { $0.messages.isEmpty } }

    func push(_ message: [UInt8]) {
        let (reader, pause): (CheckedContinuation<[UInt8]?, any Error>?, Bool) = state.withLock { state in
            guard state.finish == nil else { return (nil, false) }
            if let reader = state.reader {
                state.reader = nil
                return (reader, false)
            }
            state.messages.append(message)
            state.bytes += message.count
            guard state.bytes >= Self.highWater, !state.paused else { return (nil, false) }
            state.paused = true
            return (nil, true)
        }
        reader?.resume(returning: message)
        if pause { setReading(false) }
    }

    /// Ends the stream, and forgets what is queued: it is not wanted any more.
    func abandon() {
        state.withLock { state in
            state.messages = []
            state.bytes = 0
        }
        finish(.success(()))
    }

    /// Ends the stream behind what is queued; only the first call counts.
    func finish(_ result: Result<Void, any Error>) {
        let reader: CheckedContinuation<[UInt8]?, any Error>? = state.withLock { state in
            guard state.finish == nil else { return nil }
            state.finish = result
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(with: result.map { nil })
    }

    /// The next message, nil at the end; nil also when the reading task is cancelled.
    func next() async throws -> [UInt8]? {
        if isEmpty { sign.take() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (result, resume) = take(or: continuation)
                if let result { continuation.resume(with: result) }
                if resume { setReading(true) }
            }
        } onCancel: {
            let reader = state.withLock { state in
                defer { state.reader = nil }
                return state.reader
            }
            reader?.resume(returning: nil)
        }
    }

    private func take(or continuation: CheckedContinuation<[UInt8]?, any Error>) -> (result: Result<[UInt8]?, any Error>?, resume: Bool) {
        state.withLock { state in
            if !state.messages.isEmpty {
                let message = state.messages.removeFirst()
                state.bytes -= message.count
                let resume = state.paused && state.bytes < Self.highWater / 2
                if resume { state.paused = false }
                return (.success(message), resume)
            }
            if let finish = state.finish { return (finish.map { nil }, false) }
            if Task.isCancelled || state.reader != nil { return (.success(nil), false) }
            state.reader = continuation
            return (nil, false)
        }
    }
}
