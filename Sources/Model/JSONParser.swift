/// Why a text is not JSON: what was met where, as a byte offset into the text.
package struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Reason: Sendable, Equatable {
        case unexpected(UInt8)
        case unexpectedEnd
        /// More than ``JSONParser/depthLimit`` arrays and objects inside each other.
        case tooDeep
        case badEscape
        case controlCharacter
        case badNumber
        case badUTF8
        case textAfterValue
    }
    package let reason: Reason
    package let offset: Int

    package var description: String {
        let what =
            switch reason {
            case .unexpected(let byte):
                byte > 0x20 && byte < 0x7F ? "unexpected `\(Character(Unicode.Scalar(byte)))`" : "unexpected byte \(byte)"
            case .unexpectedEnd: "the text ends too early"
            case .tooDeep: "more than \(JSONParser.depthLimit) levels"
            case .badEscape: "bad escape"
            case .controlCharacter: "control character inside a string"
            case .badNumber: "bad number"
            case .badUTF8: "not UTF-8"
            case .textAfterValue: "something follows the value"
            }
        return "\(what) at byte \(offset)"
    }
}

/// Reads one JSON text (RFC 8259) from bytes that anybody may have sent: any input gives a value or an error, in linear time and bounded depth.
///
/// A byte order mark is skipped. Of keys that stand twice both are kept; readers take the last, as JavaScript and PHP do.
/// Integers that fit are ``JSONValue/integer(_:)``, all other numbers ``JSONValue/double(_:)`` (infinite when too large).
package struct JSONParser {
    /// Our bodies have three levels; PHP's own default is 512, at which a recursive reader is still far from the end of its stack.
    package static let depthLimit = 64

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
        let value = try parser.value()
        parser.skipBlanks()
        guard parser.position == bytes.count else { throw parser.error(.textAfterValue) }
        return value
    }

    package static func parse(_ text: String) throws(JSONError) -> JSONValue { try parse(Array(text.utf8)) }

    private func error(_ reason: JSONError.Reason) -> JSONError { JSONError(reason: reason, offset: position) }
    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func unexpected() -> JSONError { error(current.map { .unexpected($0) } ?? .unexpectedEnd) }

    private mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipBlanks()
        switch current {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte): return try number()
        default: throw unexpected()
        }
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for byte in text.description.utf8 {
            guard current == byte else { throw unexpected() }
            position += 1
        }
        return value
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= Self.depthLimit else { throw error(.tooDeep) }
        position += 1
        skipBlanks()
    }

    /// After an element: true when a comma says that another follows, false at the closing byte.
    private mutating func goesOn(until close: UInt8) throws(JSONError) -> Bool {
        skipBlanks()
        guard let byte = current, byte == close || byte == UInt8(ascii: ",") else { throw unexpected() }
        position += 1
        return byte != close
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        try enter()
        defer { depth -= 1 }
        var values: [JSONValue] = []
        if current == UInt8(ascii: "]") {
            position += 1
            return .array(values)
        }
        repeat { values.append(try value()) } while try goesOn(until: UInt8(ascii: "]"))
        return .array(values)
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        try enter()
        defer { depth -= 1 }
        var members: [JSONMember] = []
        if current == UInt8(ascii: "}") {
            position += 1
            return .object(members)
        }
        repeat {
            skipBlanks()
            guard current == UInt8(ascii: "\"") else { throw unexpected() }
            let key = try string()
            skipBlanks()
            guard current == UInt8(ascii: ":") else { throw unexpected() }
            position += 1
            members.append(JSONMember(key, try value()))
        } while try goesOn(until: UInt8(ascii: "}"))
        return .object(members)
    }
}

// Numbers.
extension JSONParser {
    private mutating func digits() throws(JSONError) {
        guard let first = current, (0x30...0x39).contains(first) else { throw error(.badNumber) }
        while let byte = current, (0x30...0x39).contains(byte) { position += 1 }
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        var isInteger = true
        if current == UInt8(ascii: "-") { position += 1 }
        if current == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if current == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isInteger = false
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let integer = Int64(text) { return .integer(integer) }
        guard let double = Double(text) else { throw error(.badNumber) }
        return .double(double)
    }
}

// Strings.
extension JSONParser {
    private mutating func string() throws(JSONError) -> String {
        position += 1
        var text: [UInt8] = []
        let start = position
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(checkedUTF8: text.span) else {
                    position = start
                    throw error(.badUTF8)
                }
                position += 1
                return string
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw error(.controlCharacter)
            default:
                text.append(byte)
                position += 1
            }
        }
        throw error(.unexpectedEnd)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        position += 1
        guard let byte = current else { throw error(.unexpectedEnd) }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            position += 1
            text.append(contentsOf: String(try escapedScalar()).utf8)
            return
        default: throw error(.badEscape)
        }
        position += 1
    }

    /// The scalar behind `\u`, a surrogate pair joined. Half a pair is an error: it has no UTF-8 form, so no receiver could be given what was meant.
    private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
        let first = try hexUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), current == UInt8(ascii: "\\"), position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw error(.badEscape) }
        position += 2
        let second = try hexUnit()
        guard (0xDC00..<0xE000).contains(second), let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) * 0x400 + (second - 0xDC00))
        else { throw error(.badEscape) }
        return scalar
    }

    private mutating func hexUnit() throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw error(.badEscape)
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }
}
