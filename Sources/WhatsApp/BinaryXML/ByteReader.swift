/// A position in received bytes; every step is checked. Positions count from the first byte given.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private(set) var position = 0

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    var remaining: Int { bytes.count - position }

    mutating func take(_ count: Int) throws(BinaryXMLError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else {
            throw .truncated(position: position, needed: count, available: remaining)
        }
        let start = bytes.startIndex + position
        position += count
        return bytes[start..<start + count]
    }

    mutating func uint8() throws(BinaryXMLError) -> UInt8 {
        guard remaining > 0 else { throw .truncated(position: position, needed: 1, available: 0) }
        position += 1
        return bytes[bytes.startIndex + position - 1]
    }

    mutating func uint16() throws(BinaryXMLError) -> UInt16 { UInt16(try bigEndian(2)) }

    /// Three bytes of which the low 20 bits count.
    mutating func uint20() throws(BinaryXMLError) -> UInt32 { try bigEndian(3) & 0x0F_FFFF }

    mutating func uint32() throws(BinaryXMLError) -> UInt32 { try bigEndian(4) }

    private mutating func bigEndian(_ count: Int) throws(BinaryXMLError) -> UInt32 {
        try take(count).reduce(0) { $0 << 8 | UInt32($1) }
    }
}
