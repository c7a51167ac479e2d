package import Model

/// Queries on `wa_contacts`.
package struct ContactTable {
    let database: Database

    package func find(id: Int64, session: Int64) throws(StoreError) -> ContactRow? {
        try rows("WHERE id = ? AND session_id = ?", [.integer(id), .integer(session)]).first
    }

    /// The contact with this address, by whatever part of it is known.
    package func find(_ address: ContactAddress, session: Int64) throws(StoreError) -> ContactRow? {
        for (column, value) in [("group_jid", address.groupJID), ("phone_number", address.phoneNumber), ("lid", address.lid)] {
            guard let value else { continue }
            if let row = try rows("WHERE session_id = ? AND \(column) = ?", [.integer(session), .text(value)]).first { return row }
        }
        return nil
    }

    func rows(_ condition: String, _ parameters: [SQLValue]) throws(StoreError) -> [ContactRow] {
        try database.run("SELECT \(ContactRow.columns) FROM wa_contacts \(condition)", parameters).rows
            .map { row throws(StoreError) in try ContactRow(row) }
    }

    /// The LID that belongs to a phone number, both as digits.
    package func lid(forPhoneNumber number: String, session: Int64) throws(StoreError) -> String? {
        try find(ContactAddress(phoneNumber: number), session: session)?.lid
    }

    /// The phone number that belongs to a LID, both as digits.
    package func phoneNumber(forLID lid: String, session: Int64) throws(StoreError) -> String? {
        try find(ContactAddress(lid: lid), session: session)?.phoneNumber
    }

    /// A message in the chat: counts it and moves the chat up.
    package func touch(_ id: Int64, at moment: Timestamp) throws(StoreError) {
        _ = try database.run(
            """
            UPDATE wa_contacts SET message_count = message_count + 1, last_message_at = GREATEST(COALESCE(last_message_at, ?), ?) WHERE id = ?
            """, [.moment(moment), .moment(moment), .integer(id)])
    }

    /// The name that the person chose; it is shown unless the address book has one.
    package func setPushName(_ name: String, id: Int64) throws(StoreError) {
        let clipped = name.clipped(to: 255)
        _ = try database.run(
            "UPDATE wa_contacts SET push_name = ?, name = COALESCE(saved_name, ?) WHERE id = ?",
            [.text(clipped), .text(clipped), .integer(id)])
    }

    /// The address book's name, or a group's subject; nil when it was removed there.
    package func setSavedName(_ name: String?, id: Int64) throws(StoreError) {
        let clipped = SQLValue.optional(name?.clipped(to: 255))
        _ = try database.run(
            "UPDATE wa_contacts SET saved_name = ?, name = COALESCE(?, push_name) WHERE id = ?", [clipped, clipped, .integer(id)])
    }

    func remove(_ row: ContactRow) throws(StoreError) {
        _ = try database.run("DELETE FROM wa_contacts WHERE id = ?", [.integer(row.id)])
        try database.counts.removed(row.isGroup ? .group : .person, ids: [row.id], session: row.sessionID)
    }
}
