package import Model

/// A parameter of a statement or a value of a row.
package enum SQLValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
    case moment(Timestamp)

    /// A number that the database holds unsigned; numbers beyond 63 bits do not occur and become the largest one.
    static func unsigned(_ value: some FixedWidthInteger) -> SQLValue { .integer(Int64(clamping: value)) }
    static func flag(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }
    static func word(_ value: some RawRepresentable<String>) -> SQLValue { .text(value.rawValue) }

    static func optional(_ value: String?) -> SQLValue { value.map(SQLValue.text) ?? .null }
    static func optional(_ value: Int64?) -> SQLValue { value.map(SQLValue.integer) ?? .null }
    static func optional(_ value: [UInt8]?) -> SQLValue { value.map(SQLValue.bytes) ?? .null }
    static func optional(_ value: Timestamp?) -> SQLValue { value.map(SQLValue.moment) ?? .null }
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
}
