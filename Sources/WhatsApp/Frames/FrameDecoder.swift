/// Cuts a byte stream into frames. Borders of WebSocket messages mean nothing: one may hold several frames or a part of one.
///
/// Append what arrived, then call ``next()`` until it returns nil. After an error the stream can not be read on.
package struct FrameDecoder: Sendable {
    /// The longest payload accepted, in bytes; lower it while the peer is not authenticated.
    package var limit: Int
    private var buffer: [UInt8] = []
    /// Bytes at the front of `buffer` that were handed out; dropped in `append`, so that a burst of small frames is not moved each time.
    private var consumed = 0

    /// An empty stream.
    package init(limit: Int = Frame.maximumPayload) { self.limit = limit }

    /// Bytes that arrived and belong to no complete frame yet.
    package var pendingBytes: Int { buffer.count - consumed }

    /// Takes bytes as they arrived.
    package mutating func append(_ bytes: some Sequence<UInt8>) {
        dropConsumed()
        buffer.append(contentsOf: bytes)
    }

    private mutating func dropConsumed() {
        if consumed == buffer.count {
            // One large frame must not hold its memory for the life of the connection.
            buffer.removeAll(keepingCapacity: buffer.capacity <= Self.keptCapacity)
        } else if consumed > 0 {
            buffer.removeFirst(consumed)
        }
        consumed = 0
    }

    /// Bytes of buffer kept between messages.
    private static let keptCapacity = 1 << 16

    /// The payload of the next complete frame (possibly empty), or nil while more bytes are needed.
    package mutating func next() throws(FrameError) -> [UInt8]? {
        guard pendingBytes >= Frame.headerLength else { return nil }
        let header = buffer[consumed..<consumed + Frame.headerLength]
        let length = header.reduce(0) { $0 << 8 | Int($1) }
        guard length <= limit else { throw .announcedTooLong(bytes: length, limit: limit) }
        let start = consumed + Frame.headerLength
        guard buffer.count - start >= length else { return nil }
        consumed = start + length
        return Array(buffer[start..<consumed])
    }
}
