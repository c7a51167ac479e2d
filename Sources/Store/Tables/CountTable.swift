/// Queries on `wa_counts` and `wa_count_sums`: how many rows have their number in a range, so that totals of millions of rows are sums of some dozen:
/// of blocks of 4,096 row numbers, and of 256 blocks each.
///
/// Only row numbers that nothing is inserted at any more are counted here, by the daemon beside its work: inserting touches no counter, and
/// no two transactions wait for each other because of one. What is behind the counted ones is counted when asked. Whoever deletes rows says so in
/// the same transaction; the daemon counts every range again from time to time, which mends what was changed by hand.
package struct CountTable {
    let database: Database

    /// Row numbers of one range.
    static let blockRows: Int64 = 4_096
    /// Blocks of one sum.
    private static let sumBlocks: Int64 = 256
    /// Numbers that no table reaches.
    static let unreachable: Int64 = 1 << 44

    package enum Kind: String, Sendable { case inbound, outbound, person, group }

    /// A table, and how it tells its two kinds apart.
    package enum Counted: Sendable, CaseIterable {
        case messages, contacts

        var kinds: [Kind] { self == .messages ? [.inbound, .outbound] : [.person, .group] }
        var table: String { self == .messages ? "wa_messages" : "wa_contacts" }
        fileprivate var kindOfRow: String { self == .messages ? "direction" : "IF(is_group, 'group', 'person')" }
    }

    /// What is counted of rows from a block on.
    struct Covered {
        let number: Int
        /// The first row number that is not counted; nil where nothing is.
        let end: Int64?
    }

    func covered(_ kinds: [Kind], from block: Int64, session: Int64) throws(StoreError) -> Covered {
        // The first sum that lies behind the block's beginning as a whole; what is before it are single blocks.
        let sum = (block + Self.sumBlocks - 1) / Self.sumBlocks
        let sums = try covered(kinds, in: "wa_count_sums", sum..<Self.unreachable, session: session)
        guard block < sum * Self.sumBlocks else { return sums }
        let blocks = try covered(kinds, in: "wa_counts", block..<sum * Self.sumBlocks, session: session)
        return Covered(number: blocks.number + sums.number, end: sums.end ?? blocks.end)
    }

    private func covered(_ kinds: [Kind], in table: String, _ blocks: Range<Int64>, session: Int64) throws(StoreError) -> Covered {
        let row = try database.run(
            """
            SELECT COALESCE(SUM(number), 0) AS n, MAX(counted_to) AS counted_to FROM \(table)
            WHERE session_id = ? AND kind IN (?, ?) AND block >= ? AND block < ?
            """, [.integer(session)] + Self.pair(kinds) + [.integer(blocks.lowerBound), .integer(blocks.upperBound)]
        ).rows.first
        return Covered(number: try row?.integer("n", as: Int.self) ?? 0, end: try row?.optionalInteger("counted_to"))
    }

    /// All rows of these kinds with a number above `since`.
    /// - Parameter count: counts the rows from one number on (nil is all: a bound that excludes nothing still costs), up to another that is not included.
    func total(
        _ kinds: [Kind], since: Int64?, session: Int64, count: (_ from: Int64?, _ to: Int64?) throws(StoreError) -> Int
    ) throws(StoreError) -> Int {
        let start = min(since ?? -1, Self.unreachable) + 1
        // The first block that lies behind `since` as a whole.
        let first = (start + Self.blockRows - 1) / Self.blockRows
        let covered = try covered(kinds, from: first, session: session)
        guard let end = covered.end else { return try count(start == 0 ? nil : start, nil) }
        let before = start < first * Self.blockRows ? try count(start, first * Self.blockRows) : 0
        return before + covered.number + (try count(end, nil))
    }

    /// A place near the `offset`th row, from where on fewer rows have to be skipped.
    struct Shortcut {
        /// The first row number that matters going up, or the first that no longer does going down.
        let bound: Int64
        /// Rows still to be skipped.
        let offset: Int
    }

    /// - Parameters:
    ///   - offset: among the counted rows from `block` on.
    ///   - descending: whether the greatest number is the first row.
    func shortcut(_ kinds: [Kind], from block: Int64, offset: Int, descending: Bool, session: Int64) throws(StoreError) -> Shortcut? {
        let (direction, nearest) = descending ? ("DESC", "ASC") : ("ASC", "DESC")
        let row = try database.run(
            """
            SELECT block, counted_to, passed FROM (SELECT block, MAX(counted_to) AS counted_to,
            SUM(SUM(number)) OVER (ORDER BY block \(direction) ROWS UNBOUNDED PRECEDING) - SUM(number) AS passed FROM wa_counts WHERE session_id = ? AND kind IN (?, ?) AND block >= ? GROUP BY block) b
            WHERE passed <= ? ORDER BY block \(nearest) LIMIT 1
            """, [.integer(session)] + Self.pair(kinds) + [.integer(block), .unsigned(offset)]
        ).rows.first
        guard let row else { return nil }
        let bound = descending ? try row.integer("counted_to") : try row.integer("block") * Self.blockRows
        return Shortcut(bound: bound, offset: offset - (try row.integer("passed", as: Int.self)))
    }

    private static func pair(_ kinds: [Kind]) -> [SQLValue] { [kinds.first, kinds.last].map { .optional($0?.rawValue) } }

    /// Rows of one block were deleted, in this transaction.
    func removed(_ kind: Kind, ids: [Int64], session: Int64) throws(StoreError) {
        guard let block = ids.first.map({ $0 / Self.blockRows }) else { return }
        // Locked: the daemon may be counting these very rows.
        let row = try database.run(
            "SELECT counted_to FROM wa_counts WHERE session_id = ? AND kind = ? AND block = ? FOR UPDATE",
            [.integer(session), .word(kind), .integer(block)]
        ).rows.first
        guard let countedTo = try row?.integer("counted_to") else { return }
        let number = SQLValue.unsigned(ids.count { $0 < countedTo })
        for (table, block) in [("wa_counts", block), ("wa_count_sums", block / Self.sumBlocks)] {
            _ = try database.run(
                "UPDATE \(table) SET number = IF(number > ?, number - ?, 0) WHERE session_id = ? AND kind = ? AND block = ?",
                [number, number, .integer(session), .word(kind), .integer(block)])
        }
    }
}

// The daemon's work beside: counting.
extension CountTable {
    /// The greatest row number, 0 without rows.
    package func newest(_ counted: Counted) throws(StoreError) -> Int64 {
        try database.run("SELECT MAX(id) AS id FROM \(counted.table)").rows.first?.optionalInteger("id") ?? 0
    }

    /// Counts what comes next, up to the end of its block.
    /// - Parameter limit: a row number below which no transaction is still about to insert.
    /// - Returns: false where everything below `limit` is counted.
    package func countNext(_ counted: Counted, below limit: Int64) throws(StoreError) -> Bool {
        try database.atomically { () throws(StoreError) in
            let tables = ["wa_counts", "wa_count_sums"]
            let ends = tables.map { "(SELECT MAX(counted_to) FROM \($0) WHERE kind IN (?, ?))" }.joined(separator: ", ")
            let pair = Self.pair(counted.kinds)
            let start = try database.run("SELECT LEAST(\(ends)) AS counted_to", pair + pair).rows.first?.optionalInteger("counted_to")
            if start == nil {
                // An owner may have emptied one of the two.
                for table in tables { _ = try database.run("DELETE FROM \(table) WHERE kind IN (?, ?)", pair) }
            }
            // Where old rows were deleted there may be nothing for long.
            let first = try database.run(
                "SELECT MIN(id) AS id FROM \(counted.table) WHERE id >= ? AND id < ?", [.integer(start ?? 0), .integer(limit)]
            ).rows.first?.optionalInteger("id")
            guard let first else { return false }
            try count(counted, block: first / Self.blockRows, below: limit)
            return true
        }
    }

    /// Counts a block again that was counted before.
    /// - Parameters:
    ///   - chance: any number; it picks the block.
    ///   - limit: as for ``countNext(_:below:)``.
    package func recount(_ counted: Counted, chance: Int64, below limit: Int64) throws(StoreError) {
        try database.atomically { () throws(StoreError) in
            let last = try database.run("SELECT MAX(block) AS last FROM wa_counts WHERE kind IN (?, ?)", Self.pair(counted.kinds)).rows.first
            guard let last = try last?.optionalInteger("last") else { return }
            try count(counted, block: Int64(chance.magnitude % UInt64(last + 1)), below: limit)
        }
    }

    private func count(_ counted: Counted, block: Int64, below limit: Int64) throws(StoreError) {
        let (start, end) = (block * Self.blockRows, min((block + 1) * Self.blockRows, limit))
        let range: [SQLValue] = [.integer(start), .integer(end)]
        // Locked, so that whoever deletes one of these rows does it before this count, or after it and then sees its result.
        _ = try database.run("SELECT COUNT(*) AS n FROM \(counted.table) WHERE id >= ? AND id < ? LOCK IN SHARE MODE", range)
        let pair = Self.pair(counted.kinds)
        _ = try database.run("DELETE FROM wa_counts WHERE kind IN (?, ?) AND block = ?", pair + [.integer(block)])
        _ = try database.run(
            """
            INSERT INTO wa_counts (session_id, kind, block, number, counted_to) SELECT session_id, \(counted.kindOfRow) AS kind, ?, COUNT(*), ?
            FROM \(counted.table) WHERE id >= ? AND id < ? GROUP BY session_id, kind
            """, [.integer(block), .integer(end)] + range)
        let sum = block / Self.sumBlocks
        _ = try database.run("DELETE FROM wa_count_sums WHERE kind IN (?, ?) AND block = ?", pair + [.integer(sum)])
        _ = try database.run(
            """
            INSERT INTO wa_count_sums (session_id, kind, block, number, counted_to) SELECT session_id, kind, ?, SUM(number), MAX(counted_to)
            FROM wa_counts WHERE kind IN (?, ?) AND block >= ? AND block < ? GROUP BY session_id, kind
            """, [.integer(sum)] + pair + [.integer(sum * Self.sumBlocks), .integer((sum + 1) * Self.sumBlocks)])
    }
}
