/// Reads the fields of a protobuf from a stream, one after the other, without holding all of it.
struct ProtobufStream {
    struct Field {
        let number: Int
        let wireType: Int
        /// Bytes of a field of wire type 2 that follow.
        let length: Int
    }

    private let source: () throws -> [UInt8]
    private var buffer: [UInt8] = []
    private var start = 0
    /// Bytes that were taken since the beginning.
    private(set) var offset = 0
    /// The number that ``next()`` has just passed over.
    private(set) var lastNumber: (field: Int, value: UInt64)?

    /// - Parameter source: the next bytes; empty at the end.
    init(_ source: @escaping () throws -> [UInt8]) { self.source = source }

    /// The next field's head; nil at the end of the stream. Values of other wire types than 2 are passed over.
    mutating func next() throws -> Field? {
        guard try fill(1) else { return nil }
        let tag = try varint()
        let (number, wireType) = (Int(truncatingIfNeeded: tag >> 3) & 0x1FFF_FFFF, Int(tag & 7))
        guard number > 0 else { throw HistoryError.malformed }
        lastNumber = nil
        switch wireType {
        case 0: lastNumber = (number, try varint())
        case 1: try skip(8)
        case 2:
            guard let length = Int(exactly: try varint()), length <= Int(Int32.max) else { throw HistoryError.malformed }
            return Field(number: number, wireType: wireType, length: length)
        case 5: try skip(4)
        default: throw HistoryError.malformed
        }
        return Field(number: number, wireType: wireType, length: 0)
    }

    mutating func bytes(_ count: Int) throws -> [UInt8] {
        guard try fill(count) else { throw HistoryError.truncated }
        defer { advance(count) }
        return Array(buffer[start..<start + count])
    }

    mutating func skip(_ count: Int) throws {
        var left = count
        while left > 0 {
            guard try fill(1) else { throw HistoryError.truncated }
            let step = min(left, buffer.count - start)
            advance(step)
            left -= step
        }
    }

    mutating func varint() throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard try fill(1) else { throw HistoryError.truncated }
            let byte = buffer[start]
            advance(1)
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw HistoryError.malformed
    }

    private mutating func advance(_ count: Int) {
        start += count
        offset += count
    }

    /// Makes so many bytes available; false where the stream ends before.
    private mutating func fill(_ count: Int) throws -> Bool {
        while buffer.count - start < count {
            if start > 0 {
                buffer.removeFirst(start)
                start = 0
            }
            let more = try source()
            if more.isEmpty { return false }
            buffer += more
        }
        return true
    }
}
