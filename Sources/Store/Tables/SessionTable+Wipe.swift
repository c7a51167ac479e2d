package import Model

// The end of a pairing.
extension SessionTable {
    /// Clears what belongs to the linked device: credentials, keys, encryption states, device lists. Messages that were not sent yet fail, so
    /// that they do not leave from the number that is linked next. Log and contacts stay, unless `purge` is set.
    package func wipe(id: Int64, purge: Bool = false, at now: Timestamp) throws(StoreError) {
        try database.atomically { () throws(StoreError) in
            for table in Self.stateTables { _ = try database.run("DELETE FROM \(table) WHERE session_id = ?", [.integer(id)]) }
            try database.outbox.failAll(session: id, code: "logged_out", error: "The session was logged out before this was sent.", at: now)
            _ = try database.run(
                """
                UPDATE wa_sessions SET jid = NULL, lid = NULL, phone_number = NULL, push_name = NULL, business_name = NULL, platform = NULL,
                connected_at = NULL, qr = NULL, qr_expires_at = NULL, pairing_phone = NULL, pairing_code = NULL WHERE id = ?
                """, [.integer(id)])
            if purge { try purgeLog(id: id) }
        }
    }

    /// Deletes the session's messages, contacts and deliveries, and nothing else.
    package func purgeLog(id: Int64) throws(StoreError) {
        try database.atomically { () throws(StoreError) in
            for table in Self.logTables { _ = try database.run("DELETE FROM \(table) WHERE session_id = ?", [.integer(id)]) }
        }
    }

    private static let stateTables = [
        "wa_credentials", "wa_signed_pre_keys", "wa_pre_keys", "wa_signal_sessions", "wa_signal_identities", "wa_sender_keys",
        "wa_sender_key_devices", "wa_groups", "wa_devices", "wa_retries", "wa_app_state_values", "wa_app_state", "wa_app_state_keys",
        "wa_privacy_tokens", "wa_history_parts", "wa_actions",
    ]
    // In the order that the references between them allow.
    private static let logTables = ["wa_webhook_deliveries", "wa_outbox", "wa_bulk_jobs", "wa_calls", "wa_posts", "wa_messages", "wa_contacts"]
}
