import Glibc

/// A file that is read in pieces, whatever its size; one window of it is kept for many small reads close together.
final class FileBytes {
    private static let windowBytes = 64 << 10
    let length: Int64
    private let descriptor: Int32
    private var window: [UInt8] = []
    private var windowStart: Int64 = 0

    init(_ path: String) throws(ContainerError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0 else { throw .unreadable }
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .unreadable
        }
        self.descriptor = descriptor
        length = Int64(status.st_size)
    }

    deinit { close(descriptor) }

    /// Exactly so many bytes.
    /// - Throws: ``ContainerError/damaged`` where the file ends before.
    func read(_ count: Int, at offset: Int64) throws(ContainerError) -> [UInt8] {
        guard count >= 0, offset >= 0, offset <= length, Int64(count) <= length - offset else { throw .damaged }
        if count > Self.windowBytes / 2 { return try load(count, at: offset) }
        if offset < windowStart || offset + Int64(count) > windowStart + Int64(window.count) {
            windowStart = offset
            window = try load(Int(min(Int64(Self.windowBytes), length - offset)), at: offset)
        }
        let start = Int(offset - windowStart)
        guard start + count <= window.count else { throw .damaged }
        return Array(window[start..<(start + count)])
    }

    /// Up to so many bytes; none at the end.
    func some(_ count: Int, at offset: Int64) throws(ContainerError) -> [UInt8] {
        guard offset >= 0, offset < length else { return [] }
        return try read(Int(min(Int64(count), length - offset)), at: offset)
    }

    private func load(_ count: Int, at offset: Int64) throws(ContainerError) -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, off_t(offset) + off_t(filled))
                if got < 0, errno == EINTR { continue }
                failed = got < 0
                if got <= 0 { return }
                filled += got
            }
        }
        guard !failed else { throw .unreadable }
        // Somebody shortened the file meanwhile.
        guard bytes.count == count else { throw .damaged }
        return bytes
    }
}

extension [UInt8] {
    func bigEndian16(_ at: Int) -> Int? { at >= 0 && at + 2 <= count ? Int(self[at]) << 8 | Int(self[at + 1]) : nil }
    func bigEndian32(_ at: Int) -> UInt32? {
        at >= 0 && at + 4 <= count ? self[at..<(at + 4)].reduce(0) { $0 << 8 | UInt32($1) } : nil
    }
    func bigEndian64(_ at: Int) -> UInt64? {
        at >= 0 && at + 8 <= count ? self[at..<(at + 8)].reduce(0) { $0 << 8 | UInt64($1) } : nil
    }
    func littleEndian16(_ at: Int) -> Int? { at >= 0 && at + 2 <= count ? Int(self[at]) | Int(self[at + 1]) << 8 : nil }
    func littleEndian32(_ at: Int) -> UInt32? {
        at >= 0 && at + 4 <= count ? self[at..<(at + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) } : nil
    }
    func littleEndian64(_ at: Int) -> UInt64? {
        at >= 0 && at + 8 <= count ? self[at..<(at + 8)].reversed().reduce(0) { $0 << 8 | UInt64($1) } : nil
    }
    func has(_ text: String, at offset: Int) -> Bool {
        offset >= 0 && offset + text.utf8.count <= count && self[offset...].starts(with: text.utf8)
    }
}
