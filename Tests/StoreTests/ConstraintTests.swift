import Model
import Store
import TestDatabase
import Testing

@Suite struct ConstraintTests {
    /// Each breaks one rule of the tables.
    @Test(arguments: [
        ("INSERT INTO wa_sessions (name) VALUES ('DEFAULT')", StoreError.duplicate),
        ("INSERT INTO wa_sessions (name) VALUES (REPEAT('x', 65))", .invalidValue),
        ("UPDATE wa_sessions SET status = 'dancing'", .invalidValue),
        (
            "INSERT INTO wa_credentials (session_id, registration_id, noise_private, identity_private, adv_secret) VALUES (1, 1, 'a', 'b', 'c')",
            .invalidValue
        ),
        (
            """
            INSERT INTO wa_credentials (session_id, registration_id, noise_private, identity_private, adv_secret)
            VALUES (77, 1, REPEAT('a', 65), REPEAT('a', 65), REPEAT('a', 65))
            """, .reference
        ),
        ("INSERT INTO wa_pre_keys (session_id, key_id, private_key) VALUES (1, 1, REPEAT('a', 64))", .invalidValue),
        ("INSERT INTO wa_pre_keys (session_id, key_id, private_key) VALUES (1, 0, REPEAT('a', 65))", .invalidValue),
        ("INSERT INTO wa_pre_keys (session_id, key_id, private_key) VALUES (1, 16777216, REPEAT('a', 65))", .invalidValue),
        (
            "INSERT INTO wa_signed_pre_keys (session_id, key_id, private_key, signature) VALUES (1, 1, REPEAT('a', 65), REPEAT('s', 63))",
            .invalidValue
        ),
        ("INSERT INTO wa_signal_identities (session_id, address, identity_key) VALUES (1, '1.0', REPEAT('k', 33))", .invalidValue),
        ("INSERT INTO wa_contacts (session_id, name) VALUES (1, 'nobody')", .invalidValue),
        ("INSERT INTO wa_api_keys (name, key_hash) VALUES ('typed the key itself', 'secret')", .invalidValue),
        ("INSERT INTO wa_api_keys (name, key_hash) VALUES ('upper case', UPPER(SHA2('x', 256)))", .invalidValue),
        ("INSERT INTO wa_api_keys (name, key_hash, session_id) VALUES ('no session', SHA2('x', 256), 99)", .reference),
        ("INSERT INTO wa_opt_outs (phone_number) VALUES ('+968 9')", .invalidValue),
        ("INSERT INTO wa_webhooks (url, events) VALUES ('https://a', 'message.unknown')", .invalidValue),
        ("INSERT INTO wa_webhooks (name) VALUES ('no url')", .invalidValue),
        ("INSERT INTO wa_outbox (to_jid, payload) VALUES ('1', 'no JSON')", .invalidValue),
        ("UPDATE wa_sessions SET last_seen_at = '2026-02-30 00:00:00'", .invalidValue),
        ("UPDATE wa_sessions SET jid = 'é@s.whatsapp.net'", .invalidValue),
    ])
    func isKept(_ sql: String, error: StoreError) throws {
        let database = try Database(Self.shared.get(), sealer: Sealer(key: DatabaseServer.testKey))
        #expect(throws: error) { try database.run(sql) }
    }

    /// One database for all, as none of the statements changes anything.
    private static let shared = Result { try DatabaseServer.freshDatabase() }

    @Test func deletingASessionTakesEverythingOfItAlong() throws {
        let test = try TestSession()
        let database = test.database
        let id = try database.sessions.add(name: "second")
        _ = try database.apiKeys.insert(NewAPIKey(name: "k", hash: String(repeating: "a", count: 64), sessionID: id))
        _ = try database.webhooks.add(url: "https://example.com", session: id)
        var message = test.text(to: "96890000001", id: "3EB0")
        message.sessionID = id
        _ = try database.outbox.enqueue(message, now: test.now)
        try database.deliveries.enqueue(.qrReady("2@x", at: test.now), session: id, now: test.now)
        #expect(try database.run("DELETE FROM wa_sessions WHERE id = ?", [.integer(id)]).affectedRows == 1)
        for table in ["wa_api_keys", "wa_webhooks", "wa_messages", "wa_contacts", "wa_outbox", "wa_webhook_deliveries"] {
            #expect(try database.run("SELECT COUNT(*) AS n FROM \(table)").rows.first?.integer("n") == 0, "\(table)")
        }
    }
}
