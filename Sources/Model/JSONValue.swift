/// A JSON value whose objects keep the order of their keys, with the one text form that our events have.
package enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// Beyond ±(2⁵³-1) it is written as a string, since JavaScript would round it.
    case integer(Int64)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])

    /// Members in order; those whose value is nil are left out.
    package static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(members.compactMap { key, value in value.map { JSONMember(key, $0) } })
    }

    /// An object with more members behind its own; anything else stays as it is.
    package func appending(_ more: [JSONMember]) -> JSONValue {
        guard case .object(let members) = self, !more.isEmpty else { return self }
        return .object(members + more)
    }

    package static func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
}

/// One key of an object with its value.
package struct JSONMember: Sendable, Equatable {
    package let key: String
    package let value: JSONValue
    package init(_ key: String, _ value: JSONValue) {
        self.key = key
        self.value = value
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
}
