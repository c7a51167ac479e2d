/// The words of a PDF outside of its streams.
struct PDFTokens {
    enum Token: Equatable {
        /// `<<` and `>>`.
        case open, close
        case name(String)
        case number(Int)
        case word(String)
    }
    private static let wordBytes = 64
    private let cursor: ByteCursor

    init(_ cursor: ByteCursor) { self.cursor = cursor }

    mutating func next() -> Token? {
        while let byte = cursor.next() {
            switch byte {
            case UInt8(ascii: "%"): skipComment()
            case UInt8(ascii: "("): skipText()
            case UInt8(ascii: "<"):
                guard cursor.peek() == UInt8(ascii: "<") else { continue }
                _ = cursor.next()
                return .open
            case UInt8(ascii: ">"):
                guard cursor.peek() == UInt8(ascii: ">") else { continue }
                _ = cursor.next()
                return .close
            case UInt8(ascii: "/"): return .name(rest(of: []))
            case _ where Self.isRegular(byte):
                let text = rest(of: [byte])
                if text == "1.", byte == UInt8(ascii: "1") { return .number(1) }
                return Int(text).map(Token.number) ?? .word(text)
            default: continue
            }
        }
        return nil
    }

    private func rest(of start: [UInt8]) -> String {
        var bytes = start
        while let byte = cursor.peek(), Self.isRegular(byte) {
            if bytes.count < Self.wordBytes { bytes.append(byte) }
            _ = cursor.next()
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func skipComment() {
        while let byte = cursor.peek(), byte != 0x0A, byte != 0x0D { _ = cursor.next() }
    }

    /// A text may hold brackets in pairs, and single ones behind a backslash.
    private func skipText() {
        var depth = 1
        while depth > 0, let byte = cursor.next() {
            switch byte {
            case UInt8(ascii: "\\"): _ = cursor.next()
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            default: break
            }
        }
    }

    private static func isRegular(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "/"), UInt8(ascii: "%"):
            false
        default: true
        }
    }
}
