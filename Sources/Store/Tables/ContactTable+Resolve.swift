import Model

// Who is who: contacts are made at first sight, and two that turn out to be one person become one.
extension ContactTable {
    /// The id of the contact with this address. Makes the contact where there is none; notes an address that was not known; merges
    /// the contacts of phone number and LID when they prove to be the same person.
    /// - Parameter pushName: the name the person chose, where the stanza gave it.
    /// - Throws: `malformed` for an empty address; `deadlock` where other processes keep making the same contacts.
    package func resolve(_ address: ContactAddress, pushName: String? = nil, session: Int64) throws(StoreError) -> Int64 {
        guard !address.isEmpty else { throw .malformed("address") }
        for _ in 0..<Self.attempts {
            do {
                return try resolveOnce(address, pushName: pushName, session: session)
            } catch .duplicate {
                // Another process made the contact since it was looked for; now it is there to be found.
                continue
            }
        }
        throw .deadlock
    }

    /// Looks again after losing a race; each loss means that a row more is there.
    private static let attempts = 4

    private func resolveOnce(_ address: ContactAddress, pushName: String?, session: Int64) throws(StoreError) -> Int64 {
        try database.atomically { () throws(StoreError) in
            let id = try address.groupJID == nil ? person(address, session: session) : group(address, session: session)
            if let pushName, !pushName.isEmpty, try find(id: id, session: session)?.pushName != pushName.clipped(to: 255) {
                try setPushName(pushName, id: id)
            }
            return id
        }
    }

    private func group(_ address: ContactAddress, session: Int64) throws(StoreError) -> Int64 {
        if let row = try locked("group_jid", address.groupJID, session) { return row.id }
        return try insert(address, session: session)
    }

    private func person(_ address: ContactAddress, session: Int64) throws(StoreError) -> Int64 {
        let byNumber = try locked("phone_number", address.phoneNumber, session)
        let byLID = try locked("lid", address.lid, session)
        switch (byNumber, byLID) {
        case (nil, nil):
            return try insert(address, session: session)
        case (let row?, nil):
            if let lid = address.lid { try set("lid", lid, id: row.id) }
            return row.id
        case (nil, let row?):
            guard let number = address.phoneNumber else { return row.id }
            // The account moved to another number: its history stays with the old one, which the LID no longer stands for.
            guard row.phoneNumber == nil else {
                return try take(lid: row, for: insert(ContactAddress(phoneNumber: number), session: session))
            }
            try set("phone_number", number, id: row.id)
            return row.id
        case (let number?, let lid?):
            if number.id == lid.id { return number.id }
            guard lid.phoneNumber == nil else { return try take(lid: lid, for: number.id) }
            try merge(lid, into: number.id, session: session)
            return number.id
        }
    }

    private func locked(_ column: String, _ value: String?, _ session: Int64) throws(StoreError) -> ContactRow? {
        guard let value else { return nil }
        return try rows("WHERE session_id = ? AND \(column) = ? FOR UPDATE", [.integer(session), .text(value)]).first
    }

    private func set(_ column: String, _ value: String, id: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_contacts SET \(column) = ? WHERE id = ? AND NOT (\(column) <=> ?)", [.text(value), .integer(id), .text(value)])
    }

    private func take(lid row: ContactRow, for id: Int64) throws(StoreError) -> Int64 {
        _ = try database.run("UPDATE wa_contacts SET lid = NULL WHERE id = ?", [.integer(row.id)])
        _ = try database.run("UPDATE wa_contacts SET lid = ? WHERE id = ?", [.optional(row.lid), .integer(id)])
        return id
    }

    private func insert(_ address: ContactAddress, session: Int64) throws(StoreError) -> Int64 {
        try database.run(
            "INSERT INTO wa_contacts (session_id, phone_number, lid, group_jid, is_group) VALUES (?, ?, ?, ?, ?)",
            [
                .integer(session), .optional(address.phoneNumber), .optional(address.lid), .optional(address.groupJID),
                .flag(address.isGroup),
            ]
        ).insertID
    }
}

// Two rows become one.
extension ContactTable {
    /// A number turned out to be another way to write the number of a contact: what was sent to it belongs to that contact.
    /// - Parameter id: the contact that WhatsApp knows.
    package func unite(number: String, with id: Int64, session: Int64) throws(StoreError) {
        try database.atomically { () throws(StoreError) in
            guard let row = try locked("phone_number", number, session), row.id != id, row.lid == nil else { return }
            try merge(row, into: id, session: session)
        }
    }

    private func merge(_ gone: ContactRow, into kept: Int64, session: Int64) throws(StoreError) {
        try moveMessages(from: gone.id, to: kept)
        _ = try database.run(
            "UPDATE wa_webhook_deliveries SET chat = ? WHERE session_id = ? AND chat = ?",
            [.integer(kept), .integer(session), .integer(gone.id)])
        try remove(gone)
        _ = try database.run(
            """
            UPDATE wa_contacts SET lid = COALESCE(?, lid), push_name = COALESCE(push_name, ?), saved_name = COALESCE(saved_name, ?),
            name = COALESCE(saved_name, push_name), message_count = (SELECT COUNT(*) FROM wa_messages m WHERE m.contact_id = ?),
            last_message_at = GREATEST(COALESCE(last_message_at, ?), COALESCE(?, last_message_at)), created_at = LEAST(created_at, ?)
            WHERE id = ?
            """,
            [
                .optional(gone.lid), .optional(gone.pushName), .optional(gone.savedName), .integer(kept),
                .optional(gone.lastMessageAt), .optional(gone.lastMessageAt), .moment(gone.createdAt), .integer(kept),
            ])
    }

    private func moveMessages(from gone: Int64, to kept: Int64) throws(StoreError) {
        // The same message may have come under both addresses; one row of it is enough.
        try database.messages.remove(
            """
            d WHERE d.contact_id = ? AND EXISTS (SELECT 1 FROM wa_messages k WHERE k.session_id = d.session_id AND k.message_id = d.message_id
            AND k.contact_id = ? AND (k.sender_id = d.sender_id OR (k.sender_id = ? AND d.sender_id = ?)))
            """, [.integer(gone), .integer(kept), .integer(kept), .integer(gone)])
        // In groups where the person is known under both addresses.
        try database.messages.remove(
            """
            d WHERE d.participant_contact_id = ? AND EXISTS (SELECT 1 FROM wa_messages k WHERE k.session_id = d.session_id
            AND k.message_id = d.message_id AND k.contact_id = d.contact_id AND k.sender_id = ?)
            """, [.integer(gone), .integer(kept)])
        for statement in [
            "UPDATE wa_messages SET sender_id = ? WHERE contact_id = ? AND sender_id = ?",
            "UPDATE wa_messages SET sender_id = ? WHERE participant_contact_id = ? AND sender_id = ?",
        ] {
            _ = try database.run(statement, [.integer(kept), .integer(gone), .integer(gone)])
        }
        for column in ["contact_id", "participant_contact_id"] {
            _ = try database.run("UPDATE wa_messages SET \(column) = ? WHERE \(column) = ?", [.integer(kept), .integer(gone)])
        }
    }
}
