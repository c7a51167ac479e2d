/// What is wrong with one field of a request or of a row, worded for the person who wrote it.
package struct FieldError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Problem: Equatable, Sendable {
        case missing
        case empty
        case wrongType
        /// Longer than the limit, which has a unit: `65536 characters`.
        case tooLong(limit: Int, unit: String)
        case badValue
    }
    /// The field's name as it stands in the request.
    package let field: String
    package let problem: Problem
    /// What should have stood there: `a phone number with country code, such as 96812345678`.
    package let expected: String

    package init(_ field: String, _ problem: Problem, expected: String) {
        self.field = field
        self.problem = problem
        self.expected = expected
    }

    package var description: String {
        switch problem {
        case .missing: "`\(field)` is missing; expected \(expected)"
        case .empty: "`\(field)` is empty; expected \(expected)"
        case .wrongType: "`\(field)` has the wrong type; expected \(expected)"
        case .tooLong(let limit, let unit): "`\(field)` is longer than \(limit) \(unit); expected \(expected)"
        case .badValue: "`\(field)` is not valid; expected \(expected)"
        }
    }
}
