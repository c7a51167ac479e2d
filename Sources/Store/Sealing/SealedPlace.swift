/// Where a sealed value stands; the value opens only there.
package struct SealedPlace: Sendable {
    package let table: String
    package let column: String
    /// The primary key's values.
    package let row: [String]

    package init(_ table: String, _ column: String, row: [String]) {
        self.table = table
        self.column = column
        self.row = row
    }

    init(_ table: String, _ column: String, session: Int64, _ rest: String...) {
        self.init(table, column, row: [String(session)] + rest)
    }

    /// Each part with its length in front, so that no two places encode alike.
    var encoded: [UInt8] {
        ([table, column] + row).flatMap { part in
            let bytes = Array(part.utf8)
            return withUnsafeBytes(of: UInt32(clamping: bytes.count).bigEndian, Array.init) + bytes
        }
    }

    var tampered: StoreError { .tampered(table: table, column: column) }
}
