import Glibc

/// Takes `multipart/form-data` (RFC 7578) apart as it arrives. Never holds more than one piece, a delimiter and a part's header.
struct MultipartParser {
    enum Event {
        /// A part begins; the lines of its header.
        case part(String)
        /// Some of its content.
        case content(ArraySlice<UInt8>)
        case partEnd
    }

    /// Parts, files included.
    static let partLimit = 1_000
    /// Bytes of a part's header, and of what stands before the first part.
    static let headerBytes = 8_192

    private enum Place { case preamble, afterDelimiter, header, content, epilogue }
    private var place = Place.preamble
    private let delimiter: [UInt8]
    // The first delimiter may have no line end before it.
    private var held: [UInt8] = [0x0D, 0x0A]
    private var passed = 0
    private var parts = 0

    /// - Parameter boundary: from the header, without the leading dashes.
    init(boundary: String) { delimiter = Array("\r\n--\(boundary)".utf8) }

    /// - Throws: ``Problem`` 400 where the parts are not as the RFC has them, and what `handle` throws.
    mutating func take(_ bytes: ArraySlice<UInt8>, _ handle: (Event) throws -> Void) throws {
        var rest = held.isEmpty ? bytes : (held + bytes)[...]
        while try step(&rest, handle) {}
        held = Array(rest)
    }

    /// To be called where the body has ended.
    func finish() throws(Problem) {
        if place == .preamble { throw .badBody("the multipart boundary of the header is not in the body") }
        guard place == .epilogue else { throw .badBody("the multipart body ends too early") }
    }

    /// - Returns: false where more must come first.
    private mutating func step(_ rest: inout ArraySlice<UInt8>, _ handle: (Event) throws -> Void) throws -> Bool {
        switch place {
        case .preamble: return try passPreamble(&rest)
        case .afterDelimiter: return try passDelimiter(&rest)
        case .header: return try readHeader(&rest, handle)
        case .content: return try passContent(&rest, handle)
        case .epilogue:
            rest = rest[rest.endIndex...]
            return false
        }
    }

    private mutating func passPreamble(_ rest: inout ArraySlice<UInt8>) throws -> Bool {
        let found = Self.position(of: delimiter, in: rest)
        let end = found ?? max(rest.startIndex, rest.endIndex - delimiter.count + 1)
        passed += end - rest.startIndex
        guard passed <= Self.headerBytes else { throw Problem.badBody("the multipart boundary of the header is not in the body") }
        rest = rest[(found.map { $0 + delimiter.count } ?? end)...]
        if found != nil { place = .afterDelimiter }
        return found != nil
    }

    private mutating func passDelimiter(_ rest: inout ArraySlice<UInt8>) throws -> Bool {
        // Blanks may stand there (RFC 2046, 5.1.1).
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
        guard rest.count >= 2 else { return false }
        if rest.starts(with: "--".utf8) {
            place = .epilogue
            return true
        }
        guard rest.starts(with: [0x0D, 0x0A]) else { throw Problem.badBody("the multipart body has a boundary without a line end") }
        parts += 1
        guard parts <= Self.partLimit else { throw Problem.badBody("the multipart body has more than \(Self.partLimit) parts") }
        // The line end stays: a part without a header is one of two.
        place = .header
        return true
    }

    private mutating func readHeader(_ rest: inout ArraySlice<UInt8>, _ handle: (Event) throws -> Void) throws -> Bool {
        let end = Self.position(of: [0x0D, 0x0A, 0x0D, 0x0A], in: rest)
        guard (end ?? rest.endIndex) - rest.startIndex <= Self.headerBytes else {
            throw Problem.badBody("a multipart part has a header of more than \(Self.headerBytes) bytes")
        }
        guard let end else { return false }
        guard end > rest.startIndex else { throw Problem.badBody("a multipart part has no header") }
        place = .content
        try handle(.part(String(decoding: rest[(rest.startIndex + 2)..<end], as: UTF8.self)))
        rest = rest[(end + 4)...]
        return true
    }

    private mutating func passContent(_ rest: inout ArraySlice<UInt8>, _ handle: (Event) throws -> Void) throws -> Bool {
        let found = Self.position(of: delimiter, in: rest)
        let end = found ?? max(rest.startIndex, rest.endIndex - delimiter.count + 1)
        if end > rest.startIndex { try handle(.content(rest[..<end])) }
        rest = rest[(found.map { $0 + delimiter.count } ?? end)...]
        guard found != nil else { return false }
        place = .afterDelimiter
        try handle(.partEnd)
        return true
    }

    /// The C library looks for the first byte; that a line end is.
    private static func position(of pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.withUnsafeBytes { all in
            guard let start = all.baseAddress, let first = pattern.first, all.count >= pattern.count else { return nil }
            let last = all.count - pattern.count
            var from = 0
            while from <= last, let found = memchr(start + from, Int32(first), last - from + 1) {
                from = UnsafeRawPointer(found) - start
                if memcmp(start + from, pattern, pattern.count) == 0 { return bytes.startIndex + from }
                from += 1
            }
            return nil
        }
    }
}
