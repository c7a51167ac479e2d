/// The tags of a page, one after the other. Comments, scripts and styles are passed over.
struct PageTags {
    struct Tag {
        /// Lower-case; an ending tag has its slash: `/head`.
        let name: String
        fileprivate var attributes: [(name: String, value: [UInt8])] = []

        /// As it stands there, without its quotes; of two the first one counts.
        subscript(_ name: String) -> [UInt8]? { attributes.first { $0.name == name }?.value }
    }

    private let page: [UInt8]
    private var at = 0

    private static let nameBytes = 64
    private static let attributeLimit = 64

    init(_ page: [UInt8]) { self.page = page }

    mutating func next() -> Tag? {
        while let start = page[at...].firstIndex(of: UInt8(ascii: "<")) {
            at = start + 1
            if starts(with: "!--") {
                pass(beyond: "-->")
                continue
            }
            let first = at < page.count ? page[at] : 0
            guard Self.isLetter(first) || first == UInt8(ascii: "/") else { continue }
            var tag = Tag(name: name())
            while tag.attributes.count < Self.attributeLimit, let attribute = attribute() { tag.attributes.append(attribute) }
            passTag()
            if tag.name == "script" || tag.name == "style" || tag.name == "noscript" { pass(beyond: "</\(tag.name)") }
            return tag
        }
        at = page.count
        return nil
    }

    /// What stands before an ending tag; all that is left where there is none.
    mutating func text(until end: String) -> ArraySlice<UInt8> {
        let start = at
        pass(before: end)
        return page[start..<at]
    }

    // MARK: Steps

    private mutating func name() -> String {
        let start = at
        while at < page.count, !Self.isBlank(page[at]), page[at] != UInt8(ascii: ">"), page[at] != UInt8(ascii: "/") || at == start { at += 1 }
        return String(decoding: page[start..<min(at, start + Self.nameBytes)], as: UTF8.self).lowercased()
    }

    /// nil at the end of the tag.
    private mutating func attribute() -> (name: String, value: [UInt8])? {
        while at < page.count, Self.isBlank(page[at]) || page[at] == UInt8(ascii: "/") { at += 1 }
        guard at < page.count, page[at] != UInt8(ascii: ">") else { return nil }
        let start = at
        while at < page.count, !Self.isBlank(page[at]), !"=>/".utf8.contains(page[at]) || at == start { at += 1 }
        let name = String(decoding: page[start..<min(at, start + Self.nameBytes)], as: UTF8.self).lowercased()
        passBlanks()
        guard at < page.count, page[at] == UInt8(ascii: "=") else { return (name, []) }
        at += 1
        passBlanks()
        return (name, value())
    }

    private mutating func value() -> [UInt8] {
        guard at < page.count else { return [] }
        let quote = page[at]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            let start = at
            while at < page.count, !Self.isBlank(page[at]), page[at] != UInt8(ascii: ">") { at += 1 }
            return Array(page[start..<at])
        }
        let start = at + 1
        at = page[start...].firstIndex(of: quote) ?? page.count
        defer { at = min(at + 1, page.count) }
        return Array(page[start..<at])
    }

    private mutating func passBlanks() {
        while at < page.count, Self.isBlank(page[at]) { at += 1 }
    }

    private mutating func passTag() { at = page[at...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? page.count }

    private mutating func pass(beyond end: String) {
        pass(before: end)
        at = min(at + end.utf8.count, page.count)
    }

    /// Whatever the case of its letters.
    private mutating func pass(before end: String) {
        let first = end.utf8.first ?? 0
        while let found = page[at...].firstIndex(of: first) {
            at = found
            if starts(with: end) { return }
            at += 1
        }
        at = page.count
    }

    private func starts(with word: String) -> Bool {
        guard page.count - at >= word.utf8.count else { return false }
        return zip(page[at...], word.utf8).allSatisfy { $0 == $1 || (Self.isLetter($0) && $0 | 0x20 == $1) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
