import CMariaDB

/// Why the database could not do what was asked. The cases carry numbers and names of our tables, never content.
package enum StoreError: Error, Equatable, Sendable {
    /// The server can not be reached; the client library's or server's error number.
    case unavailable(UInt32)
    /// User, password or rights are wrong, or the database does not exist; the server's error number.
    case accessDenied(UInt32)
    /// The server has no connection left for this user.
    case tooManyConnections
    /// The connection broke. What ran in an open transaction has not happened; after ``Database/reconnect()`` it may be tried again.
    case gone
    /// The connection broke while a transaction was being committed: it may have happened or not.
    case commitUncertain
    /// The transaction was rolled back to let another one finish; try it again.
    case deadlock
    /// A row or table stayed locked for too long, or the statement was stopped; the transaction may be tried again.
    case lockTimeout
    /// The server takes no changes at present.
    case readOnly
    /// The server's disk, or the table, is full.
    case full
    /// A row with this unique value exists.
    case duplicate
    /// A row that this one refers to does not exist, or is referred to.
    case reference
    /// A value breaks a rule of its column: too long, out of range, not in the list, other characters than the column has, a failed check.
    case invalidValue
    /// Another daemon owns the session now; nothing may be written for it any more.
    case leaseLost
    /// A sealed value was changed, moved to another row, or sealed with another key.
    case tampered(table: String, column: String)
    /// A column holds what it never should; its name.
    case malformed(String)
    /// The tables do not exist, or are not of this version; `wa-connect migrate` makes them.
    case schemaMissing
    /// Anything else that the server refused, by its error number.
    case query(UInt32)
}

extension StoreError {
    /// True where the same work may succeed when it is simply done again.
    package var isTransient: Bool {
        switch self {
        case .gone, .deadlock, .lockTimeout, .tooManyConnections, .unavailable: true
        default: false
        }
    }

    /// The error for a number of the server (1000 and up) or of the client library (2000 and up).
    init(code: UInt32) {
        switch code {
        case 2006, 2013, 2055, 1053, 1152, 1158...1161, 1184, 1927: self = .gone
        // Also out of memory, of locks and of prepared statements: the server's trouble, not the statement's.
        case 2000...2999, 1037, 1038, 1041, 1180, 1206, 1461: self = .unavailable(code)
        case 1040, 1203, 1226: self = .tooManyConnections
        case 1044, 1045, 1049, 1142, 1143, 1227, 1251, 1698, 1862, 3118: self = .accessDenied(code)
        case 1213, 1020: self = .deadlock
        // Also killed by the owner, and stopped by the host's limit on time.
        case 1205, 3572, 1317, 1969, 3024: self = .lockTimeout
        case 1290, 1792, 1836, 3989: self = .readOnly
        case 1021, 1114, 1030, 3: self = .full
        case 1062, 1586: self = .duplicate
        case 1216, 1217, 1451, 1452: self = .reference
        case 1048, 1264, 1265, 1267, 1270, 1271, 1292, 1364, 1366, 1406, 1690, 3140, 3819, 3988, 4025: self = .invalidValue
        case 1054, 1146: self = .schemaMissing
        default: self = .query(code)
        }
    }
}
