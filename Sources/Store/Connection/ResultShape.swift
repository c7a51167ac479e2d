import CMariaDB

/// The columns of a statement's result, and how its rows are read.
struct ResultShape {
    private enum Kind { case integer, text, bytes, moment }
    private let columns: Columns
    private let kinds: [Kind]
    private let buffers: ResultBuffers

    /// Bytes that a value may have to be read in one go; longer ones take a second call.
    private static let inlineBytes = 256
    /// The character set number that the protocol gives binary strings.
    private static let binaryCharset: UInt32 = 63

    /// nil for statements without a result.
    init?(of handle: UnsafeMutablePointer<MYSQL_STMT>) {
        guard let metadata = mysql_stmt_result_metadata(handle) else { return nil }
        defer { mysql_free_result(metadata) }
        var names: [String] = []
        var kinds: [Kind] = []
        while let field = mysql_fetch_field(metadata)?.pointee {
            names.append(field.name.map { String(cString: $0) } ?? "")
            kinds.append(Self.kind(of: field))
        }
        columns = Columns(names)
        self.kinds = kinds
        buffers = ResultBuffers(count: kinds.count, inlineBytes: Self.inlineBytes)
        for (index, kind) in kinds.enumerated() { buffers.bind(index, as: Self.type(of: kind)) }
    }

    private static func kind(of field: MYSQL_FIELD) -> Kind {
        switch field.type {
        case MYSQL_TYPE_TINY, MYSQL_TYPE_SHORT, MYSQL_TYPE_LONG, MYSQL_TYPE_INT24, MYSQL_TYPE_LONGLONG, MYSQL_TYPE_YEAR: .integer
        case MYSQL_TYPE_TINY_BLOB, MYSQL_TYPE_BLOB, MYSQL_TYPE_MEDIUM_BLOB, MYSQL_TYPE_LONG_BLOB, MYSQL_TYPE_STRING, MYSQL_TYPE_VAR_STRING,
            MYSQL_TYPE_VARCHAR:
            field.charsetnr == binaryCharset ? .bytes : .text
        case MYSQL_TYPE_DATETIME, MYSQL_TYPE_TIMESTAMP: .moment
        default: .text
        }
    }

    /// What the library shall make of the value.
    private static func type(of kind: Kind) -> enum_field_types {
        switch kind {
        case .integer: MYSQL_TYPE_LONGLONG
        case .text: MYSQL_TYPE_STRING
        case .bytes: MYSQL_TYPE_BLOB
        case .moment: MYSQL_TYPE_DATETIME
        }
    }

    /// Every row of a stored result.
    func rows(of handle: UnsafeMutablePointer<MYSQL_STMT>) throws(StoreError) -> [Row] {
        guard mysql_stmt_bind_result(handle, buffers.binds.baseAddress) == 0 else { throw StoreError(code: mysql_stmt_errno(handle)) }
        var rows: [Row] = []
        while true {
            switch mysql_stmt_fetch(handle) {
            case 0, MYSQL_DATA_TRUNCATED: rows.append(try row(of: handle))
            case MYSQL_NO_DATA: return rows
            default: throw StoreError(code: mysql_stmt_errno(handle))
            }
        }
    }

    private func row(of handle: UnsafeMutablePointer<MYSQL_STMT>) throws(StoreError) -> Row {
        var values: [SQLValue] = []
        values.reserveCapacity(kinds.count)
        for (index, kind) in kinds.enumerated() {
            values.append(try value(index, kind, of: handle))
        }
        return Row(columns: columns, values: values)
    }

    private func value(_ index: Int, _ kind: Kind, of handle: UnsafeMutablePointer<MYSQL_STMT>) throws(StoreError) -> SQLValue {
        if buffers.isNull(index) { return .null }
        switch kind {
        case .integer: return .integer(buffers.integer(index))
        case .moment:
            guard let moment = buffers.moment(index) else { throw .malformed("time") }
            return .moment(moment)
        case .bytes:
            guard let bytes = buffers.bytes(index, of: handle) else { throw StoreError(code: mysql_stmt_errno(handle)) }
            return .bytes(bytes)
        case .text:
            guard let text = try buffers.text(index, of: handle) else { throw StoreError(code: mysql_stmt_errno(handle)) }
            return .text(text)
        }
    }
}
