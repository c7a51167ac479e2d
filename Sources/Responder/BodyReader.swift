import API
import Model

/// Reads a request's body without ever holding more than the API accepts, nor the worker longer than a request may take.
///
/// Some web servers pass a body on as it comes from the client. One that is not here at once is waited for only in a waiting
/// slot, so that a few slow clients never hold all workers.
struct BodyReader {
    /// What one attempt to read brought.
    enum Arrival {
        case bytes(Int)
        case nothingYet
        case ended
    }
    /// How much of a body that is too large is still taken from the web server, which otherwise may drop our answer with it.
    private static let drainLimit = 64 << 20
    /// What a body from the same host takes, with a lot to spare.
    static let graceMilliseconds: Int64 = 250

    /// Announced by the client; nil means until the stream ends.
    let length: Int?
    let started: Deadline.Instant
    /// nil when none is free.
    let takeSlot: () -> WaitingSlot?

    /// - Parameter read: fills the buffer with what is there, waiting at most so many milliseconds for its first byte.
    func body(read: (inout [UInt8], Int32) -> Arrival) -> Request.Body {
        if let length, length <= 0 { return .bytes([]) }
        let end = Deadline(Limits.requestWaitMilliseconds, after: started)
        let grace = end.capped(Self.graceMilliseconds)
        var slot: WaitingSlot?
        var body: [UInt8] = []
        var total = 0
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while total < min(length ?? Self.drainLimit, Self.drainLimit) {
            if slot == nil, grace.hasPassed {
                if max(total, length ?? 0) > Limits.bodyBytes { return .tooLarge }
                slot = takeSlot()
                if slot == nil { return .notWaitedFor }
            }
            guard !end.hasPassed else { break }
            // At least a millisecond, since 0 means for ever to a socket.
            let arrival = read(&buffer, max(1, (slot == nil ? grace : end).remaining))
            if case .nothingYet = arrival { continue }
            guard case .bytes(let count) = arrival, count > 0, count <= buffer.count else { break }
            total += count
            if total <= Limits.bodyBytes { body.append(contentsOf: buffer.prefix(count)) } else { body = [] }
        }
        if max(total, length ?? 0) > Limits.bodyBytes { return .tooLarge }
        if let length, total < length { return .incomplete }
        return length == nil && end.hasPassed ? .incomplete : .bytes(body)
    }
}
