/// A frame is a 3-byte big-endian length, which does not count itself, and that many bytes.
/// Source: protocol notes on transport, section 2.
package enum Frame {
    /// Bytes in front of the payload.
    package static let headerLength = 3
    /// Bytes of a payload, from the 24 bits of the header.
    package static let maximumPayload = 1 << 24 - 1
    /// Bytes of a frame during the handshake; the longest real message, the server hello, has about 400.
    package static let maximumHandshakePayload = 1 << 14

    /// Header and payload.
    package static func encode(_ payload: [UInt8]) throws(FrameError) -> [UInt8] {
        guard payload.count <= maximumPayload else { throw .tooLong(bytes: payload.count) }
        var frame: [UInt8] = []
        frame.reserveCapacity(headerLength + payload.count)
        frame += bigEndian24(payload.count)
        frame += payload
        return frame
    }

    static func bigEndian24(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value >> 16), UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
    }
}
