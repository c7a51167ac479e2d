package import Model

/// A row of `wa_opt_outs`.
package struct OptOutRow: Sendable, Equatable {
    /// Digits.
    package let phoneNumber: String
    package let reason: String?
    package let createdAt: Timestamp
}

/// Queries on `wa_opt_outs`: numbers that nothing is ever sent to.
package struct OptOutTable {
    let database: Database

    /// - Parameter phoneNumber: digits.
    package func contains(_ phoneNumber: String) throws(StoreError) -> Bool {
        try !database.run("SELECT 1 AS one FROM wa_opt_outs WHERE phone_number = ?", [.text(phoneNumber)]).rows.isEmpty
    }

    /// Those of these numbers that are opted out.
    package func among(_ numbers: [String]) throws(StoreError) -> Set<String> {
        var found: Set<String> = []
        var rest = numbers[...]
        while !rest.isEmpty {
            // Filled up, so that all chunks are one statement.
            let chunk = rest.prefix(100)
            rest = rest.dropFirst(100)
            let parameters = (chunk.map(SQLValue.text) + Array(repeating: .null, count: 100 - chunk.count))
            let marks = Array(repeating: "?", count: 100).joined(separator: ", ")
            for row in try database.run("SELECT phone_number FROM wa_opt_outs WHERE phone_number IN (\(marks))", parameters).rows {
                found.insert(try row.text("phone_number"))
            }
        }
        return found
    }

    /// Whether this address must not be sent to; a LID counts by the phone number that is known for it.
    package func contains(_ address: ContactAddress, session: Int64) throws(StoreError) -> Bool {
        if let number = address.phoneNumber { return try contains(number) }
        guard let lid = address.lid, let number = try database.contacts.phoneNumber(forLID: lid, session: session) else { return false }
        return try contains(number)
    }

    /// - Throws: `invalidValue` for anything but digits.
    package func add(_ phoneNumber: String, reason: String? = nil) throws(StoreError) {
        _ = try database.run(
            "INSERT INTO wa_opt_outs (phone_number, reason, created_at) VALUES (?, ?, UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE reason = VALUES(reason)",
            [.text(phoneNumber), .optional(reason?.clipped(to: 255))])
    }

    /// - Returns: false where the number was not opted out.
    package func remove(_ phoneNumber: String) throws(StoreError) -> Bool {
        try database.run("DELETE FROM wa_opt_outs WHERE phone_number = ?", [.text(phoneNumber)]).affectedRows > 0
    }

    package func list() throws(StoreError) -> [OptOutRow] {
        try database.run("SELECT phone_number, reason, \(ownerCreatedAt) FROM wa_opt_outs ORDER BY phone_number").rows.map {
            row throws(StoreError) in
            OptOutRow(
                phoneNumber: try row.text("phone_number"), reason: try row.optionalText("reason"), createdAt: try row.moment("created_at"))
        }
    }
}
