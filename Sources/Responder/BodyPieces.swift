import API
import Model

/// A body that may hold a file: taken from the web server while the API works on it. The web server is only read on as fast as the disk takes it.
final class BodyPieces: ArrivingBody {
    let length: Int?
    private let reader: BodyReader
    private let read: (inout [UInt8], Int32) -> BodyReader.Arrival
    /// For a file that comes slowly; nil when none is free.
    private let takeSlot: () -> WaitingSlot?
    private let started: Deadline.Instant
    /// Milliseconds that nothing was there, while there was no slot: a large body that comes fast needs none.
    private var waited: Int64 = 0
    private var slot: WaitingSlot?
    private var total = 0
    private var isDone = false
    private var buffer: [UInt8] = []

    init(
        _ reader: BodyReader, takeSlot: @escaping () -> WaitingSlot?, read: @escaping (inout [UInt8], Int32) -> BodyReader.Arrival
    ) {
        length = reader.length
        started = reader.started
        self.reader = reader
        self.takeSlot = takeSlot
        self.read = read
    }

    func whole() -> Request.Body {
        isDone = true
        return reader.body(read: read)
    }

    func next() -> BodyPiece {
        guard !isDone, length.map({ total < $0 }) ?? true else { return end(.ended) }
        if buffer.isEmpty { buffer = [UInt8](repeating: 0, count: 65_536) }
        let stalled = Deadline(Limits.uploadStallMilliseconds)
        while true {
            if slot == nil, waited >= BodyReader.graceMilliseconds {
                slot = takeSlot()
                // Nothing more of it is here, so nothing has to be drained.
                if slot == nil { return end(.notWaitedFor) }
            }
            let patience = slot == nil ? Int32(clamping: BodyReader.graceMilliseconds - waited) : min(stalled.remaining, deadline.remaining)
            guard patience > 0 else { return end(.incomplete) }
            let before = Deadline.Instant.now.milliseconds
            let arrival = read(&buffer, patience)
            if slot == nil { waited += max(0, Deadline.Instant.now.milliseconds - before) }
            switch arrival {
            // A wait that ends a moment early must not be one of many.
            case .nothingYet: waited += 1
            case .ended: return end(length == nil ? .ended : .incomplete)
            case .bytes(let count):
                guard count > 0, count <= buffer.count else { return end(.incomplete) }
                total += count
                return .bytes(buffer.prefix(count))
            }
        }
    }

    /// Takes what is left and already here, so that the web server, which otherwise may drop our answer with it, reads that.
    func drain() {
        guard !isDone, length.map({ total < $0 }) ?? true else { return }
        isDone = true
        let rest = BodyReader(length: length.map { $0 - total }, started: .now) { nil }
        _ = rest.body(read: read)
    }

    /// As long as a reader of a long answer gets.
    private var deadline: Deadline {
        Deadline(Limits.streamGraceMilliseconds + Int64(total) * 1_000 / Limits.streamBytesPerSecond, after: started)
    }

    private func end(_ piece: BodyPiece) -> BodyPiece {
        isDone = true
        slot = nil
        buffer = []
        return piece
    }
}
