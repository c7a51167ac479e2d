package import Model

// Rows of the log that go, with what is counted of them.
extension MessageTable {
    /// Deletes messages older than `moment`, except those still to be sent.
    /// - Returns: how many; the caller goes on while it is `limit`.
    package func prune(before moment: Timestamp, limit: Int) throws(StoreError) -> Int {
        try remove(
            "WHERE created_at < ? AND status <> 'pending' ORDER BY created_at LIMIT ?", [.moment(moment), .unsigned(limit)])
    }

    /// Deletes the rows that the condition finds.
    /// - Returns: how many.
    @discardableResult
    func remove(_ condition: String, _ parameters: [SQLValue]) throws(StoreError) -> Int {
        try database.atomically { () throws(StoreError) in
            let rows = try database.run(
                "SELECT id, session_id, contact_id, direction FROM wa_messages \(condition) FOR UPDATE", parameters
            ).rows.map { row throws(StoreError) in try Removed(row) }
            for start in stride(from: 0, to: rows.count, by: Self.removedAtOnce) {
                try delete(rows[start..<min(rows.count, start + Self.removedAtOnce)].map(\.id))
            }
            for (block, gone) in Dictionary(grouping: rows, by: \.block).sorted(by: { $0.key < $1.key }) {
                try database.counts.removed(block.kind, ids: gone.map(\.id), session: block.session)
            }
            // In the order of their ids, so that two of these do not wait for each other.
            for (contact, gone) in Dictionary(grouping: rows, by: \.contact).sorted(by: { $0.key < $1.key }) {
                _ = try database.run(
                    "UPDATE wa_contacts SET message_count = IF(message_count > ?, message_count - ?, 0) WHERE id = ?",
                    [.unsigned(gone.count), .unsigned(gone.count), .integer(contact)])
            }
            return rows.count
        }
    }

    private static let removedAtOnce = 100

    private func delete(_ ids: [Int64]) throws(StoreError) {
        guard let last = ids.last else { return }
        // Always as many marks, so that it is one prepared statement.
        let padded = ids + Array(repeating: last, count: Self.removedAtOnce - ids.count)
        let marks = Array(repeating: "?", count: Self.removedAtOnce).joined(separator: ", ")
        _ = try database.run("DELETE FROM wa_messages WHERE id IN (\(marks))", padded.map { .integer($0) })
    }

    private struct Removed {
        struct Block: Hashable, Comparable {
            let session: Int64
            let kind: CountTable.Kind
            let number: Int64

            static func < (left: Block, right: Block) -> Bool {
                (left.session, left.kind.rawValue, left.number) < (right.session, right.kind.rawValue, right.number)
            }
        }
        let id: Int64
        let contact: Int64
        let block: Block

        init(_ row: Row) throws(StoreError) {
            id = try row.integer("id")
            contact = try row.integer("contact_id")
            let kind: CountTable.Kind = try row.word("direction", as: MessageDirection.self) == .inbound ? .inbound : .outbound
            block = Block(session: try row.integer("session_id"), kind: kind, number: id / CountTable.blockRows)
        }
    }
}
