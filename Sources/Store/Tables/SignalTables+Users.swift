/// The addresses of all devices of one user: `name.` up to, but not with, `name/`, the character behind the dot.
struct DeviceRange {
    let first: String
    let end: String

    /// - Parameter user: the name of Signal's address, such as `491700` or `1234_1`.
    init(_ user: String) {
        first = user + "."
        end = user + "/"
    }
}

// All devices of one user.
extension SignalTables {
    /// More than an account uses up between two backups; there are 16 million numbers.
    private static let skippedPreKeyIDs: UInt32 = 100_000

    /// Forgets records and identities of all the user's devices, as after a new registration.
    package func deleteSessions(ofUser user: String, session: Int64) throws(StoreError) {
        let range = DeviceRange(user)
        try database.atomically { () throws(StoreError) in
            for table in ["wa_signal_sessions", "wa_signal_identities"] {
                _ = try database.run(
                    "DELETE FROM \(table) WHERE session_id = ? AND address >= ? AND address < ?",
                    [.integer(session), .text(range.first), .text(range.end)])
            }
        }
    }

    /// Forgets the identities of all the user's devices; records stay.
    package func deleteIdentities(ofUser user: String, session: Int64) throws(StoreError) {
        let range = DeviceRange(user)
        _ = try database.run(
            "DELETE FROM wa_signal_identities WHERE session_id = ? AND address >= ? AND address < ?",
            [.integer(session), .text(range.first), .text(range.end)])
    }

    /// Moves records and identities from the user's phone-number name to their LID name, so that no device has two ratchets. What the LID
    /// name has already stays, and the old one is dropped.
    package func moveSessions(fromUser old: String, toUser new: String, session: Int64) throws(StoreError) {
        guard old != new else { return }
        try database.atomically { () throws(StoreError) in
            for address in try addressesWithRecord(of: old, session: session) {
                let moved = new + address.dropFirst(old.count)
                if try record(address: moved, session: session) == nil, let opened = try record(address: address, session: session) {
                    try saveRecord(opened, address: moved, session: session)
                }
            }
            let range = DeviceRange(old)
            _ = try database.run(
                """
                INSERT IGNORE INTO wa_signal_identities (session_id, address, identity_key)
                SELECT i.session_id, CONCAT(?, SUBSTRING(i.address, ?)), i.identity_key FROM wa_signal_identities i
                WHERE i.session_id = ? AND i.address >= ? AND i.address < ?
                """, [.text(new), .unsigned(old.utf8.count + 1), .integer(session), .text(range.first), .text(range.end)])
            try deleteSessions(ofUser: old, session: session)
            try moveSenderKeys(fromUser: old, toUser: new, session: session)
        }
    }

    /// Drops everything that sends with counters, after a backup was restored: an old counter must never be used again. Identities stay. The numbers
    /// that pre-keys may have got since the backup are left out: the service still has those keys.
    package func discardSendingState(session: Int64) throws(StoreError) {
        try database.atomically { () throws(StoreError) in
            for table in ["wa_signal_sessions", "wa_sender_keys", "wa_sender_key_devices", "wa_pre_keys"] {
                _ = try database.run("DELETE FROM \(table) WHERE session_id = ?", [.integer(session)])
            }
            try database.credentials.skipPreKeyIDs(Self.skippedPreKeyIDs, session: session)
        }
    }
}
