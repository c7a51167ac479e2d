/// The fields of one request or row, however they were written: JSON members, form fields or the columns of an SQL row.
///
/// `null` counts as absent, of a field given twice the last one counts, unknown fields are never looked at.
package struct Fields: Sendable, Equatable {
    private let members: [JSONMember]
    /// Whether numbers and flags may be written as text, because the source knows nothing but text (forms).
    private let textual: Bool

    /// - Parameter textual: true for forms, where `"1"` may mean a number or a flag.
    package init(_ members: [JSONMember], textual: Bool = false) {
        self.members = members
        self.textual = textual
    }

    package var isTextual: Bool { textual }

    package static let none = Fields([])

    /// With one more member, which counts instead of an earlier one of its name; `null` takes that away.
    package func adding(_ name: String, _ value: JSONValue) -> Fields { Fields(members + [JSONMember(name, value)], textual: textual) }

    /// The field's value, nil where it is absent or `null`.
    package subscript(_ name: String) -> JSONValue? {
        guard let value = members.last(where: { $0.key == name })?.value, value != .null else { return nil }
        return value
    }

    /// A text that must be there and hold more than blanks.
    /// - Parameters:
    ///   - limit: Unicode scalars.
    ///   - expected: what the field is, for the error.
    package func text(_ name: String, limit: Int, expected: String) throws(FieldError) -> String {
        guard let text = try optionalText(name, limit: limit, expected: expected) else {
            throw FieldError(name, .missing, expected: expected)
        }
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw FieldError(name, .empty, expected: expected)
        }
        return text
    }

    /// A text that may be absent. U+0000 is refused: phones end the text there.
    package func optionalText(_ name: String, limit: Int, expected: String) throws(FieldError) -> String? {
        guard let value = self[name] else { return nil }
        guard case .string(let text) = value else { throw FieldError(name, .wrongType, expected: expected) }
        guard text.unicodeScalars.count <= limit else {
            throw FieldError(name, .tooLong(limit: limit, unit: "characters"), expected: expected)
        }
        guard !text.utf8.contains(0) else { throw FieldError(name, .badValue, expected: expected + " without NUL characters") }
        return text
    }

    /// A flag that may be absent.
    package func optionalFlag(_ name: String) throws(FieldError) -> Bool? {
        let expected = "true or false"
        switch self[name] {
        case nil: return nil
        case .bool(let flag): return flag
        case .string(let text) where textual:
            switch text.lowercased() {
            case "true", "1", "yes", "on": return true
            case "false", "0", "no", "off", "": return false
            default: throw FieldError(name, .badValue, expected: expected)
            }
        default: throw FieldError(name, .wrongType, expected: expected)
        }
    }

    /// A list that may be absent: an array, or, where the source knows nothing but text, a field given several times (`name[]=…`, `name[0]=…`) or with commas.
    package func optionalList(_ name: String, expected: String) throws(FieldError) -> [JSONValue]? {
        if case .array(let values)? = self[name] { return values }
        guard textual else {
            guard self[name] == nil else { throw FieldError(name, .wrongType, expected: expected) }
            return nil
        }
        var values: [JSONValue] = []
        for member in members where member.key == name || (member.key.hasPrefix(name + "[") && member.key.hasSuffix("]")) {
            guard case .string(let text) = member.value else { throw FieldError(name, .wrongType, expected: expected) }
            values += text.split(separator: ",").map { .string(String($0)) }
        }
        return values.isEmpty && self[name] == nil ? nil : values
    }

    /// A whole number that may be absent.
    package func optionalInteger(_ name: String, in range: ClosedRange<Int64>) throws(FieldError) -> Int64? {
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        let number: Int64
        switch self[name] {
        case nil: return nil
        case .integer(let value): number = value
        case .string("") where textual: return nil
        case .string(let text) where textual:
            guard let value = Int64(text) else { throw FieldError(name, .badValue, expected: expected) }
            number = value
        default: throw FieldError(name, .wrongType, expected: expected)
        }
        guard range.contains(number) else { throw FieldError(name, .badValue, expected: expected) }
        return number
    }

    /// A number that must be there.
    package func number(_ name: String, in range: ClosedRange<Double>) throws(FieldError) -> Double {
        let expected = "a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))"
        let number: Double
        switch self[name] {
        case nil: throw FieldError(name, .missing, expected: expected)
        case .integer(let value): number = Double(value)
        case .double(let value): number = value
        case .string(let text) where textual:
            guard let value = Double(text) else { throw FieldError(name, .badValue, expected: expected) }
            number = value
        default: throw FieldError(name, .wrongType, expected: expected)
        }
        guard number.isFinite, range.contains(number) else { throw FieldError(name, .badValue, expected: expected) }
        return number
    }

    /// WhatsApp's id of a message that must be named.
    package func messageID(_ name: String) throws(FieldError) -> String {
        guard let id = try optionalMessageID(name) else { throw FieldError(name, .missing, expected: Self.messageIDExpected) }
        return id
    }

    /// WhatsApp's id of a message; empty counts as absent.
    package func optionalMessageID(_ name: String) throws(FieldError) -> String? {
        guard let text = try optionalText(name, limit: 128, expected: Self.messageIDExpected), !text.isEmpty else { return nil }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw FieldError(name, .badValue, expected: Self.messageIDExpected) }
        return text
    }

    private static let messageIDExpected = "the message_id of a message in the log, such as 3EB0C767D097E9ECFE01"
}
