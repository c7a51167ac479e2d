import Model
import Store

// The one place where internal errors become answers.
extension Problem {
    /// - Returns: the answer and, for what the owner should know of, a line for the log.
    static func of(_ error: any Error) -> (problem: Problem, log: String?) {
        switch error {
        case let problem as Problem: (problem, nil)
        case let error as FieldError: (.validation(error), nil)
        case let error as StoreError: of(error)
        default: (.internalError, "\(error)")
        }
    }

    private static func of(_ error: StoreError) -> (problem: Problem, log: String?) {
        switch error {
        case .unavailable, .accessDenied, .tooManyConnections, .gone, .deadlock, .lockTimeout, .readOnly, .full:
            (.databaseUnavailable, "database: \(error)")
        case .commitUncertain: (.outcomeUnknown, "database: \(error)")
        case .schemaMissing: (.databaseNotReady, "database: \(error)")
        case .duplicate, .reference, .invalidValue, .leaseLost, .tampered, .malformed, .query:
            (.internalError, "database: \(error)")
        }
    }
}
