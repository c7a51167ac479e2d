import CMariaDB

/// A prepared statement of one connection, with its result's columns.
final class Statement {
    let handle: UnsafeMutablePointer<MYSQL_STMT>
    /// Position in the connection's sequence of uses; the smallest is dropped first.
    var lastUse: UInt64 = 0
    private let parameterCount: Int
    private let result: ResultShape?

    init(_ sql: String, on connection: UnsafeMutablePointer<MYSQL>) throws(StoreError) {
        guard let handle = mysql_stmt_init(connection) else { throw .gone }
        let failed = sql.utf8.withContiguousStorageIfAvailable { bytes in
            bytes.withMemoryRebound(to: CChar.self) { mysql_stmt_prepare(handle, $0.baseAddress, UInt(bytes.count)) != 0 }
        }
        guard failed == false else {
            let code = mysql_stmt_errno(handle)
            mysql_stmt_close(handle)
            throw StoreError(code: code)
        }
        self.handle = handle
        parameterCount = Int(mysql_stmt_param_count(handle))
        result = ResultShape(of: handle)
    }

    deinit { mysql_stmt_close(handle) }

    private var failure: StoreError { StoreError(code: mysql_stmt_errno(handle)) }

    /// Runs the statement and reads its whole result.
    /// - Precondition (checked): as many parameters as the statement has marks.
    func run(_ parameters: [SQLValue]) throws(StoreError) -> StatementResult {
        guard parameters.count == parameterCount else { throw .malformed("parameters") }
        try execute(parameters)
        defer { mysql_stmt_free_result(handle) }
        let rows = try result.map { shape throws(StoreError) in try shape.rows(of: handle) } ?? []
        return StatementResult(
            rows: rows, affectedRows: Int(clamping: mysql_stmt_affected_rows(handle)),
            insertID: Int64(clamping: mysql_stmt_insert_id(handle)))
    }

    private func execute(_ parameters: [SQLValue]) throws(StoreError) {
        let bindings = ParameterBindings(parameters)
        guard mysql_stmt_bind_param(handle, bindings.binds.baseAddress) == 0 || parameters.isEmpty else { throw failure }
        guard mysql_stmt_execute(handle) == 0 else { throw failure }
        // Reads everything into the client, so that the connection is free for the next statement.
        guard result == nil || mysql_stmt_store_result(handle) == 0 else { throw failure }
    }
}

/// What a statement did.
package struct StatementResult {
    package let rows: [Row]
    /// Rows that matched, changed or not.
    package let affectedRows: Int
    /// The number that AUTO_INCREMENT or LAST_INSERT_ID(expression) gave.
    package let insertID: Int64
}
