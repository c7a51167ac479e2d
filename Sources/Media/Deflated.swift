import CZlib

/// The beginning of what a zlib stream holds.
enum Deflated {
    private static let inputBytes: Int64 = 1 << 20
    private static let outputBytes = 1 << 20

    /// What can be unpacked from there, up to a megabyte; a stream that does not end is no reason to stop.
    static func start(of file: FileBytes, at offset: Int64) -> [UInt8] {
        // The word `stream` is followed by a line end.
        guard var input = try? file.some(Int(min(inputBytes, file.length)), at: offset) else { return [] }
        if input.first == 0x0D { input.removeFirst() }
        if input.first == 0x0A { input.removeFirst() }
        var stream = z_stream()
        guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return [] }
        defer { inflateEnd(&stream) }
        return [UInt8](unsafeUninitializedCapacity: outputBytes) { buffer, filled in
            input.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(buffer.count)
                _ = inflate(&stream, Z_SYNC_FLUSH)
                filled = buffer.count - Int(stream.avail_out)
            }
        }
    }
}
