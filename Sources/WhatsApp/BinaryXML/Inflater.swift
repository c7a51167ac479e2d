import CZlib

/// Unpacks the zlib streams (RFC 1950) that the service uses for long stanzas.
enum Inflater {
    private static let chunk = 1 << 16

    /// - Parameter limit: bytes of output at which a stream counts as a bomb.
    static func inflate(_ compressed: ArraySlice<UInt8>, limit: Int) throws(BinaryXMLError) -> [UInt8] {
        var result = Result<[UInt8], BinaryXMLError>.success([])
        compressed.withUnsafeBufferPointer { input in result = inflate(input, limit: limit) }
        return try result.get()
    }

    private static func inflate(_ input: UnsafeBufferPointer<UInt8>, limit: Int) -> Result<[UInt8], BinaryXMLError> {
        guard let length = UInt32(exactly: input.count) else { return .failure(.inflate(Z_BUF_ERROR)) }
        // zlib checks that its state stays at one address, which only memory of its own promises.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        let started = inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard started == Z_OK else { return .failure(.inflate(started)) }
        defer { inflateEnd(stream) }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = length
        return run(stream, limit: limit)
    }

    private static func run(_ stream: UnsafeMutablePointer<z_stream>, limit: Int) -> Result<[UInt8], BinaryXMLError> {
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: chunk)
        while true {
            let (status, produced) = buffer.withUnsafeMutableBufferPointer { space in
                stream.pointee.next_out = space.baseAddress
                stream.pointee.avail_out = UInt32(truncatingIfNeeded: space.count)
                let status = CZlib.inflate(stream, Z_NO_FLUSH)
                return (status, space.count - Int(stream.pointee.avail_out))
            }
            guard output.count + produced <= limit else { return .failure(.inflatedTooLong(limit: limit)) }
            output.append(contentsOf: buffer.prefix(produced))
            switch status {
            case Z_OK: continue
            case Z_STREAM_END:
                let leftover = Int(stream.pointee.avail_in)
                return leftover == 0 ? .success(output) : .failure(.leftover(bytes: leftover))
            // Also Z_BUF_ERROR: the input ended before the stream did.
            default: return .failure(.inflate(status))
            }
        }
    }
}
