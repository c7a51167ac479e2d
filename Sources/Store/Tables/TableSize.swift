/// What one table takes on the database's disk, as the server estimates it.
package struct TableSize: Sendable, Equatable {
    package let name: String
    /// Rows and indexes; what deleted rows left free counts only where it is shared with rows that stay.
    package let bytes: Int64
    package let rows: Int64
}

extension Database {
    package func tableSizes() throws(StoreError) -> [TableSize] {
        try run(
            """
            SELECT table_name AS name, data_length + index_length AS bytes, table_rows AS row_count FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_name LIKE 'wa\\_%' ORDER BY table_name
            """
        ).rows.map { row throws(StoreError) in
            TableSize(name: try row.text("name"), bytes: try row.integer("bytes"), rows: try row.integer("row_count"))
        }
    }

    /// Lets the server count anew: its estimates may be a day old. Not inside of a transaction, which it would end.
    package func estimateAnew(_ tables: [String]) throws(StoreError) {
        let known = tables.filter { $0.hasPrefix("wa_") && $0.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F } }
        guard !known.isEmpty, !isInTransaction else { return }
        _ = try run("ANALYZE TABLE \(known.joined(separator: ", "))")
    }
}
