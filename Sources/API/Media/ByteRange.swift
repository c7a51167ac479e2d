/// The part of a file that a request asks for (RFC 9110, 14.2). Several parts at once, and what is no range, give the whole.
enum ByteRange: Equatable {
    case whole
    /// First and last byte.
    case part(Int64, Int64)
    case outside

    init(_ header: String?, length: Int64) {
        guard let header, header.hasPrefix("bytes="), !header.contains(",") else {
            self = .whole
            return
        }
        let sides = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard sides.count == 2 else {
            self = .whole
            return
        }
        switch (Self.number(sides[0]), Self.number(sides[1])) {
        case (let first?, let last?) where first <= last: self = first < length ? .part(first, min(last, length - 1)) : .outside
        case (let first?, nil) where sides[1].isEmpty: self = first < length ? .part(first, length - 1) : .outside
        case (nil, let last?) where sides[0].isEmpty: self = last > 0 && length > 0 ? .part(max(0, length - last), length - 1) : .outside
        default: self = .whole
        }
    }

    private static func number(_ text: Substring) -> Int64? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(text) : nil
    }
}
