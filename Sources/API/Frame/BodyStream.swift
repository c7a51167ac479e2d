/// A body that is made while it is sent, so that its size costs no memory.
///
/// A short one is never seen outside: ``Service`` turns it into an ordinary answer. A long one holds one of the waiting slots until it goes.
package final class BodyStream {
    /// Thrown where the pieces do not add up to the announced length: the answer must not look complete.
    package struct WrongLength: Error {}

    /// Bytes in all, where they are known before the first piece is made.
    package let length: Int64?
    private let make: () throws -> [UInt8]?
    /// Made, but not yet taken.
    private var ahead: [[UInt8]] = []
    private var made: Int64 = 0
    private var hasEnded = false
    private var slot: WaitingSlot?

    /// - Parameter make: the next piece, at most some 64 KiB; nil at the end. What it throws ends the connection with the client in the middle of the answer.
    package init(length: Int64? = nil, _ make: @escaping () throws -> [UInt8]?) {
        self.length = length
        self.make = make
    }

    /// The next piece, nil at the end. After an error nothing more may be asked for, and the end must not be written.
    package func next() throws -> [UInt8]? {
        guard ahead.isEmpty else { return ahead.removeFirst() }
        return try makePiece()
    }

    /// Makes pieces until there are so many bytes of them.
    /// - Returns: the whole body if it has ended by then.
    func readAhead(_ bytes: Int) throws -> [UInt8]? {
        // A body that says that it is longer need not be begun.
        guard (length ?? 0) <= bytes else { return nil }
        while !hasEnded, ahead.reduce(0, { $0 + $1.count }) < bytes {
            if let piece = try makePiece() { ahead.append(piece) }
        }
        return hasEnded ? Array(ahead.joined()) : nil
    }

    func hold(_ slot: consuming WaitingSlot) { self.slot = consume slot }

    private func makePiece() throws -> [UInt8]? {
        guard !hasEnded else { return nil }
        guard let piece = try make() else {
            hasEnded = true
            if let length, length != made { throw WrongLength() }
            return nil
        }
        made += Int64(piece.count)
        if let length, made > length { throw WrongLength() }
        return piece
    }
}
