// Which devices have our sender key of a group, `wa_sender_key_devices`.
//
// A mark is made when the key is encrypted for the device, and counts when the service has taken the message that carried it. All marks of
// a group go with the key they speak of, so that a late acknowledgement cannot mark anybody as having its successor.
extension SignalTables {
    /// Devices, as Signal addresses, that the key was ever encrypted for; true where they are known to have it.
    package func devicesGivenKey(group: String, session: Int64) throws(StoreError) -> [String: Bool] {
        let rows = try database.run(
            "SELECT device, confirmed FROM wa_sender_key_devices WHERE session_id = ? AND group_jid = ?", [.integer(session), .text(group)]
        ).rows
        var given: [String: Bool] = [:]
        for row in rows { given[try row.text("device")] = try row.flag("confirmed") }
        return given
    }

    /// The key was encrypted for these devices in a message that has not left yet.
    package func giveKey(to devices: [String], messageID: String, group: String, session: Int64) throws(StoreError) {
        for device in devices {
            _ = try database.run(
                """
                INSERT INTO wa_sender_key_devices (session_id, group_jid, device, message_id) VALUES (?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE message_id = VALUES(message_id), confirmed = 0
                """, [.integer(session), .text(group), .text(device), .text(messageID)])
        }
    }

    /// The service has taken the message: what it carried has arrived, or will.
    package func confirmKeys(of messageID: String, group: String, session: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_sender_key_devices SET confirmed = 1 WHERE session_id = ? AND message_id = ? AND group_jid = ?",
            [.integer(session), .text(messageID), .text(group)])
    }

    /// This device needs the key again; that it was given to it stays known.
    package func forgetKey(of device: String, group: String, session: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_sender_key_devices SET confirmed = 0, message_id = '' WHERE session_id = ? AND group_jid = ? AND device = ?",
            [.integer(session), .text(group), .text(device)])
    }

    /// All devices of this user need the keys of all groups again, as after a new registration.
    package func forgetKeys(ofUser user: String, session: Int64) throws(StoreError) {
        let range = DeviceRange(user)
        _ = try database.run(
            "UPDATE wa_sender_key_devices SET confirmed = 0, message_id = '' WHERE session_id = ? AND device >= ? AND device < ?",
            [.integer(session), .text(range.first), .text(range.end)])
    }

    /// Nobody has the key any more: it is going to be another one.
    package func forgetKeys(group: String, session: Int64) throws(StoreError) {
        _ = try database.run(
            "DELETE FROM wa_sender_key_devices WHERE session_id = ? AND group_jid = ?", [.integer(session), .text(group)])
    }

    /// Drops our key of a group together with its marks; the next message makes a new one.
    /// - Parameter sender: this device's Signal address.
    package func dropOwnKey(group: String, sender: String, session: Int64) throws(StoreError) {
        try database.atomically { () throws(StoreError) in
            try deleteSenderKey(group: group, sender: sender, session: session)
            try forgetKeys(group: group, session: session)
        }
    }

    /// Drops the keys that a user's devices gave us for a group.
    package func deleteSenderKeys(group: String, ofUser user: String, session: Int64) throws(StoreError) {
        let range = DeviceRange(user)
        _ = try database.run(
            "DELETE FROM wa_sender_keys WHERE session_id = ? AND group_jid = ? AND sender >= ? AND sender < ?",
            [.integer(session), .text(group), .text(range.first), .text(range.end)])
    }

    /// Moves the keys that a user's devices gave us from their phone-number name to their LID name. What the LID name has already stays.
    func moveSenderKeys(fromUser old: String, toUser new: String, session: Int64) throws(StoreError) {
        let range = DeviceRange(old)
        let rows = try database.run(
            "SELECT group_jid, sender FROM wa_sender_keys WHERE session_id = ? AND sender >= ? AND sender < ?",
            [.integer(session), .text(range.first), .text(range.end)]
        ).rows
        for row in rows {
            let (group, sender) = (try row.text("group_jid"), try row.text("sender"))
            let moved = new + sender.dropFirst(old.count)
            if try senderKey(group: group, sender: moved, session: session) == nil,
                let record = try senderKey(group: group, sender: sender, session: session)
            {
                try saveSenderKey(record, group: group, sender: moved, session: session)
            }
            try deleteSenderKey(group: group, sender: sender, session: session)
        }
    }
}
