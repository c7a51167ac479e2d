package import Model

/// A chat's setting for disappearing messages.
package struct Expiration: Sendable, Equatable {
    /// 0 is never.
    package let seconds: UInt32
    package let setAt: Timestamp?

    package init(seconds: UInt32, setAt: Timestamp?) {
        self.seconds = seconds
        self.setAt = setAt
    }
}

// Disappearing messages of people; groups keep theirs in `wa_groups`.
extension ContactTable {
    package func expiration(id: Int64) throws(StoreError) -> Expiration? {
        try database.run("SELECT expiration_seconds, expiration_set_at FROM wa_contacts WHERE id = ?", [.integer(id)]).rows.first
            .map { row throws(StoreError) in
                Expiration(
                    seconds: UInt32(clamping: try row.integer("expiration_seconds")), setAt: try row.optionalMoment("expiration_set_at"))
            }
    }

    /// What is older than what is known changes nothing.
    package func setExpiration(_ seconds: UInt32, at moment: Timestamp, id: Int64) throws(StoreError) {
        _ = try database.run(
            """
            UPDATE wa_contacts SET expiration_seconds = ?, expiration_set_at = ?
            WHERE id = ? AND (expiration_set_at IS NULL OR expiration_set_at <= ?)
            """, [.unsigned(seconds), .moment(moment), .integer(id), .moment(moment)])
    }
}
