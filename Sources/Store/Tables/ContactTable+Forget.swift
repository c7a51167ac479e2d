import Model

extension ContactTable {
    /// Removes a person with everything that was exchanged with them, and what others said of them in events. An opt-out stays: it is a promise to them.
    /// - Returns: false where nothing is known of them.
    package func forget(_ address: ContactAddress, session: Int64) throws(StoreError) -> Bool {
        try database.atomically { () throws(StoreError) in
            let contact = try find(address, session: session)
            let person = ContactAddress(
                phoneNumber: address.phoneNumber ?? contact?.phoneNumber, lid: address.lid ?? contact?.lid, groupJID: address.groupJID)
            var isKnown = contact != nil
            for jid in person.jids where try forgetTraces(of: jid, session: session) { isKnown = true }
            guard let contact else { return isKnown }
            try forgetDeliveries("chat = ?", [.integer(contact.id)], session: session)
            _ = try database.run(
                "DELETE o FROM wa_outbox o JOIN wa_messages m ON m.id = o.message_row_id WHERE m.contact_id = ?", [.integer(contact.id)])
            try database.messages.remove("WHERE contact_id = ?", [.integer(contact.id)])
            try database.messages.remove("WHERE participant_contact_id = ?", [.integer(contact.id)])
            try remove(contact)
            return true
        }
    }

    /// What tables hold by address instead of by contact.
    /// - Returns: whether there was anything.
    private func forgetTraces(of jid: JID, session: Int64) throws(StoreError) -> Bool {
        var removed = 0
        let text = jid.description
        // Devices of one person: `12345.0` and `12345.0:3` as Signal names them, `12345:3@…` as WhatsApp does.
        let names = Self.deviceNames(of: jid)
        for (table, column) in [
            ("wa_signal_sessions", "address"), ("wa_signal_identities", "address"), ("wa_sender_keys", "sender"),
            ("wa_sender_key_devices", "device"), ("wa_retries", "device"),
        ] {
            for name in names {
                removed += try database.run(
                    "DELETE FROM \(table) WHERE session_id = ? AND \(column) LIKE ? ESCAPE '!'", [.integer(session), .text(name)]
                ).affectedRows
            }
        }
        for (table, column) in [("wa_devices", "user_jid"), ("wa_outbox", "to_jid")] {
            removed += try database.run(
                "DELETE FROM \(table) WHERE session_id = ? AND \(column) = ?", [.integer(session), .text(text)]
            ).affectedRows
        }
        if jid.server == .phoneNumber {
            removed += try database.run(
                "DELETE FROM wa_numbers WHERE session_id = ? AND (phone_number = ? OR registered_number = ?)",
                [.integer(session), .text(jid.user), .text(jid.user)]
            ).affectedRows
        }
        removed += try database.run(
            """
            DELETE r FROM wa_message_receipts r JOIN wa_messages m ON m.id = r.message_row_id WHERE m.session_id = ? AND r.member_jid = ?
            """, [.integer(session), .text(text)]
        ).affectedRows
        // What they said in groups stands in events of the group's chat.
        return try forgetDeliveries("body LIKE ? ESCAPE '!'", [.text("%\"\(text)\"%")], session: session) + removed > 0
    }

    @discardableResult
    private func forgetDeliveries(_ condition: String, _ parameters: [SQLValue], session: Int64) throws(StoreError) -> Int {
        try database.run(
            "DELETE FROM wa_webhook_deliveries WHERE session_id = ? AND \(condition)", [.integer(session)] + parameters
        ).affectedRows
    }

    private static func deviceNames(of jid: JID) -> [String] {
        let user = jid.user.map { "!%_".contains($0) ? "!\($0)" : String($0) }.joined()
        return jid.server == .lid ? ["\(user)!_1.%", "\(user)@lid", "\(user):%@lid"] : ["\(user).%", "\(user)@%", "\(user):%@s.whatsapp.net"]
    }
}
