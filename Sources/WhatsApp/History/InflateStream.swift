import CZlib

/// Unpacks a stream piece by piece, so that its size does not matter.
package final class InflateStream {
    package enum Form: Int32, Sendable {
        /// RFC 1950.
        case zlib = 15
        /// RFC 1952.
        case gzip = 31
    }

    private static let chunk = 1 << 16
    private let source: (Int) throws -> [UInt8]
    private let limit: Int
    // zlib checks that its state stays at one address, which only memory of its own promises.
    private let stream: UnsafeMutablePointer<z_stream>
    private var input: [UInt8] = []
    private var consumed = 0
    private var produced = 0
    private var isAtEnd = false

    /// - Parameters:
    ///   - limit: bytes of output at which a stream counts as a bomb.
    ///   - source: the next packed bytes, at most as many as asked for or all of them at once; empty at the end.
    package init(form: Form = .zlib, limit: Int, source: @escaping (Int) throws -> [UInt8]) throws(HistoryError) {
        self.source = source
        self.limit = limit
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let started = inflateInit2_(stream, form.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard started == Z_OK else { throw .inflate(started) }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// The next unpacked bytes; empty at the end.
    /// - Throws: ``HistoryError``, and what the source throws.
    package func read() throws -> [UInt8] {
        while !isAtEnd {
            if consumed == input.count {
                input = try source(Self.chunk)
                consumed = 0
                guard !input.isEmpty else { throw HistoryError.truncated }
            }
            let output = try step()
            if !output.isEmpty { return output }
        }
        return []
    }

    private func step() throws(HistoryError) -> [UInt8] {
        var status: Int32 = Z_OK
        let available = input.count - consumed
        guard let length = UInt32(exactly: available) else { throw .tooLong(limit: Int(UInt32.max)) }
        let output = [UInt8](unsafeUninitializedCapacity: Self.chunk) { space, count in
            input.withUnsafeBufferPointer { bytes in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress.map { $0 + consumed })
                stream.pointee.avail_in = length
                stream.pointee.next_out = space.baseAddress
                stream.pointee.avail_out = UInt32(truncatingIfNeeded: Self.chunk)
                status = CZlib.inflate(stream, Z_NO_FLUSH)
            }
            count = Self.chunk - Int(stream.pointee.avail_out)
        }
        consumed = input.count - Int(stream.pointee.avail_in)
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { throw .inflate(status) }
        isAtEnd = status == Z_STREAM_END
        produced += output.count
        guard produced <= limit else { throw .tooLong(limit: limit) }
        return output
    }
}
