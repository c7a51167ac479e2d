import Store
import Synchronization
import Testing

@testable import API
@testable import Model

@Suite struct SendTests {
    /// A daemon that finishes each outbox row it is rung for.
    private func finishing(_ world: World, _ update: @autoclosure @escaping @Sendable () -> String) throws -> FakeDoorbell {
        let database = world.database
        return try world.startDaemon { line in
            let row = line.split(separator: " ").last ?? "0"
            try? database.sql(
                """
                UPDATE wa_outbox o JOIN wa_messages m ON m.id = o.message_row_id SET \(update()), o.finished_at = '2026-02-27 10:00:02' WHERE o.id = \(row)
                """)
            return "done \(row)"
        }
    }

    private static let sent = "o.status = 'sent', m.status = 'sent', m.sent_at = '2026-02-27 10:00:02.250'"

    @Test func sentAfterTheAck() throws {
        let world = try World()
        try world.connectSession()
        let bell = try finishing(world, Self.sent)
        let answer = world.send(#"{"to":"+968 9123 4567","message":"Hello 😀"}"#)
        #expect(answer.status == 200)
        #expect(answer.text("data.to") == "96891234567@s.whatsapp.net")
        #expect(answer.text("data.status") == "sent")
        #expect(answer.text("data.timestamp") == "2026-02-27T10:00:02.250Z")
        let id = try #require(answer.text("data.message_id"))
        #expect(id.hasPrefix("3EB0") && id.utf8.count == 22)
        #expect(bell.hears("outbox 1 1"))
        let row = world.call("GET", "messages/\(id)")
        #expect(
            row.text("data.content") == "Hello 😀" && row.text("data.direction") == "outbound" && row.text("data.message_type") == "text")
        #expect(row.text("data.remote_jid") == "96891234567@s.whatsapp.net")
    }

    @Test func pendingWithoutAnAck() throws {
        let world = try World()
        try world.connectSession()
        try world.startDaemon { _ in nil }
        let answer = world.send()
        #expect(answer.status == 200 && answer.text("data.status") == "pending")
        #expect(answer.text("data.timestamp") == "2026-02-27T10:00:00.000Z")
        #expect(world.call("GET", "messages/\(answer.text("data.message_id") ?? "")").text("data.status") == "pending")
    }

    @Test func pendingAtOnceWhenNoSlotIsFree() throws {
        let world = try World(waiting: 0)
        try world.connectSession()
        let bell = try world.startDaemon { _ in "" }
        let start = ContinuousClock.now
        #expect(world.send().text("data.status") == "pending")
        #expect(ContinuousClock.now - start < .seconds(4))
        #expect(bell.hears("outbox 1 1"))
    }

    @Test func whatMayWaitIsStoredWithoutAConnection() throws {
        let world = try World()
        let later = world.send(#"{"to":"96891234567","message":"later","send_at":"2027-01-01T08:00:00Z"}"#)
        #expect(later.status == 202 && later.text("data.status") == "pending")
        let queued = world.send(#"{"to":"96891234567","message":"queued","queue":true}"#)
        #expect(queued.status == 202 && queued.text("data.message_id")?.hasPrefix("3EB0") == true)
        let due = try world.database.open().run("SELECT next_attempt_at AS due FROM wa_outbox ORDER BY id").rows.map { try $0.moment("due").iso8601 }
        #expect(due == ["2027-01-01T08:00:00.000Z", "2026-02-27T10:00:00.000Z"])
        #expect(world.call("GET", "messages/log")["data.pagination.total"] == 2)
    }

    @Test func aScheduledMessageIsNotSentAtOnce() throws {
        let world = try World()
        try world.connectSession()
        let bell = try finishing(world, Self.sent)
        #expect(world.send(#"{"to":"96891234567","message":"later","send_at":"2027-01-01T08:00:00Z"}"#).status == 202)
        // A time that has passed is now.
        #expect(world.send(#"{"to":"96891234567","message":"now","send_at":"2026-01-01T08:00:00Z"}"#).text("data.status") == "sent")
        #expect(bell.hears("outbox 1 2"))
        for bad in [#""tomorrow""#, "5", #""2027-01-01""#, #""2027-13-01T00:00:00Z""#] {
            let answer = world.send(#"{"to":"96891234567","message":"a","send_at":\#(bad)}"#)
            #expect(answer.status == 400 && answer.text("message") == "Invalid field: send_at", "\(bad)")
        }
    }

    @Test func notConnectedStoresNothing() throws {
        let world = try World()
        try world.startDaemon()
        let answer = world.send()
        #expect(answer.status == 503)
        #expect(answer.text("message") == "WhatsApp is not connected" && answer.text("error") == "Service unavailable")
        #expect(answer.code == "not_connected" && answer.header("Retry-After") != nil)
        let stopped = try World()
        try stopped.connectSession()
        let second = stopped.send()
        #expect(second.status == 503 && second.code == "daemon_stopped" && second.text("message") == "WhatsApp is not connected")
        for world in [world, stopped] { #expect(world.call("GET", "messages/log")["data.pagination.total"] == 0) }
    }

    @Test func messagesWaitForADaemonThatComesByCron() throws {
        let world = try World()
        try world.database.sql("UPDATE wa_settings SET value = 'cron' WHERE name = 'daemon.mode'")
        let unlinked = world.send()
        #expect(unlinked.status == 503 && unlinked.code == "daemon_stopped", "no visit would send it")
        try world.connectSession()
        let waiting = world.send()
        #expect(waiting.status == 202 && waiting.text("data.message_id") != nil)
        let bulk = world.call("POST", "messages/send-bulk", #"{"recipients":["96891234567"],"message":"a"}"#)
        #expect(bulk.status == 202)
        #expect(world.call("GET", "messages/log")["data.pagination.total"] == 1)
    }

    @Test(arguments: [
        (#"{"message":"a"}"#, "to"), (#"{"to":"96891234567"}"#, "message"), (#"{"to":"x","message":"a"}"#, "to"),
        (#"{"to":"96891234567","message":""}"#, "message"), (#"{"to":"96891234567","message":null}"#, "message"),
        (#"{"to":"96891234567","message":["a"]}"#, "message"), (#"{"to":{},"message":"a"}"#, "to"), ("", "to"),
        (#"{"to":123456789012345678901234567890,"message":"a"}"#, "to"), (#"{"to":"96891234567","message":"a\u0000b"}"#, "message"),
    ])
    func invalidFieldsAreNamed(_ body: String, _ field: String) throws {
        let world = try World()
        let answer = world.send(body)
        #expect(answer.status == 400 && answer.code == "validation_failed")
        #expect(answer.text("error")?.contains("`\(field)`") == true)
    }

    @Test func longTexts() throws {
        let world = try World()
        try world.connectSession()
        _ = try finishing(world, Self.sent)
        let text = String(repeating: "😀", count: 65_536)
        let answer = world.send(#"{"to":"96891234567","message":"\#(text)"}"#)
        #expect(answer.status == 200)
        #expect(world.call("GET", "messages/1").text("data.content") == text)
        let refused = world.send(#"{"to":"96891234567","message":"\#(text)x"}"#)
        #expect(refused.status == 400 && refused.text("error")?.contains("65536") == true)
    }

    @Test func formsAndNationalNumbers() throws {
        let world = try World()
        try world.connectSession()
        try world.database.sql("UPDATE wa_settings SET value = '968' WHERE name = 'numbers.default_country'")
        _ = try finishing(world, Self.sent)
        let answer = world.send("to=091234567&message=a+b", headers: ["content-type": "application/x-www-form-urlencoded"])
        #expect(answer.text("data.to") == "96891234567@s.whatsapp.net")
        #expect(world.send(#"{"to":"120363000000000000@g.us","message":"a"}"#).text("data.to") == "120363000000000000@g.us")
    }

    private static let refusals: [(code: String, status: Int, answered: String)] = [
        ("not_on_whatsapp", 404, "not_on_whatsapp"), ("opted_out", 403, "opted_out"), ("reach_out_timelock", 403, "reach_out_timelock"),
        ("too_fast", 503, "too_fast"), ("whatsapp_unavailable", 503, "whatsapp_unavailable"), ("logged_out", 503, "logged_out"),
        ("expired", 503, "expired"), ("media_upload_failed", 503, "media_upload_failed"), ("new_chats_capped", 403, "new_chats_capped"),
        ("not_allowed", 403, "not_allowed"), ("recipient_gone", 404, "recipient_gone"), ("message_not_found", 404, "message_not_found"),
        ("invalid_message", 400, "invalid_message"), ("media_too_large", 413, "media_too_large"), ("url_too_large", 413, "url_too_large"),
        ("url_private", 400, "url_private"), ("media_damaged", 400, "media_damaged"), ("media_of_the_future", 400, "media_of_the_future"),
        ("whatsapp_refused", 500, "whatsapp_refused"), ("stanza_invalid", 500, "stanza_invalid"),
        ("stale_addressing", 500, "stale_addressing"), ("unsupported_recipient", 400, "unsupported_recipient"),
        ("no_devices", 500, "no_devices"), ("Typed by hand!", 500, "send_failed"),
    ]

    @Test func refusals() throws {
        let world = try World()
        try world.connectSession()
        let next = Mutex("")
        _ = try finishing(world, "o.status = 'failed', m.status = 'failed', o.error_code = '\(next.withLock { $0 })', o.error = 'why'")
        for (code, status, answered) in Self.refusals {
            next.withLock { $0 = code }
            let answer = world.send()
            #expect(answer.status == status && answer.code == answered, "\(code)")
            #expect(answer.text("error") == "why" && (answer.header("Retry-After") != nil) == (status == 503), "\(code)")
        }
    }

    @Test func optedOutNumbersAreNotSentTo() throws {
        let world = try World()
        try world.connectSession()
        let bell = try world.startDaemon()
        try world.database.sql("INSERT INTO wa_opt_outs (phone_number) VALUES ('96891234567')")
        let answer = world.send()
        #expect(answer.status == 403 && answer.code == "opted_out")
        #expect(!bell.heard.contains { $0.hasPrefix("outbox") })
    }
}

@Suite struct IdempotencyTests {
    @Test func theSameRequestIsDoneOnce() throws {
        let world = try World()
        try world.connectSession()
        let database = world.database
        try world.startDaemon { _ in
            try? database.sql(
                "UPDATE wa_outbox SET status = 'sent', finished_at = UTC_TIMESTAMP(3); UPDATE wa_messages SET status = 'sent', sent_at = created_at"
            )
            return "done 1"
        }
        let key = ["idempotency-key": "order-1"]
        let first = world.send(headers: key)
        let second = world.send(#"{"message":"Hello","to":96891234567}"#, headers: key)
        #expect(first.status == 200 && first.text("data.status") == "sent")
        #expect(second.json == first.json)
        #expect(world.call("GET", "messages/log")["data.pagination.total"] == 1)
        // The stored answer needs no connection.
        try world.database.sql("UPDATE wa_sessions SET status = 'disconnected'")
        #expect(world.send(headers: key).json == first.json)
        let conflict = world.send(#"{"to":"96891234567","message":"Other"}"#, headers: key)
        #expect(conflict.status == 409 && conflict.code == "idempotency_conflict")
    }

    @Test func anotherKeysNamesAreItsOwn() throws {
        let world = try World()
        try world.connectSession()
        try world.startDaemon { _ in nil }
        try world.database.sql("INSERT INTO wa_api_keys (name, key_hash) VALUES ('b', SHA2('b', 256))")
        let body = #"{"to":"96891234567","message":"Hello"}"#
        let first = world.call("POST", "messages/send-text", body, headers: ["idempotency-key": "k"])
        let second = world.call("POST", "messages/send-text", body, key: "b", headers: ["idempotency-key": "k"])
        #expect(first.status == 200 && second.status == 200)
        #expect(first.text("data.message_id") != second.text("data.message_id"))
    }

    @Test func stillBeingWorkedOn() throws {
        let world = try World()
        try world.connectSession()
        try world.startDaemon { _ in nil }
        let key = ["idempotency-key": "order-1"]
        let first = world.send(headers: key)
        #expect(first.text("data.status") == "pending")
        let second = world.send(headers: key)
        #expect(second.status == 409 && second.code == "in_progress")
    }

    @Test func refusalsAreRememberedUnavailabilityIsNot() throws {
        let world = try World()
        let key = ["idempotency-key": "order-1"]
        #expect(world.send(headers: key).status == 503)
        try world.connectSession()
        let database = world.database
        let bell = try world.startDaemon { _ in
            try? database.sql("UPDATE wa_outbox SET status = 'failed', error_code = 'not_on_whatsapp', finished_at = UTC_TIMESTAMP(3)")
            return "done 1"
        }
        #expect(world.send(headers: key).code == "not_on_whatsapp")
        #expect(world.send(headers: key).code == "not_on_whatsapp")
        #expect(bell.heard.filter { $0.hasPrefix("outbox") }.count == 1)
    }

    @Test func whatPassesIsTriedAgain() throws {
        let world = try World()
        try world.connectSession()
        let database = world.database
        try world.startDaemon { line in
            let update = line.hasSuffix(" 1") ? "status = 'failed', error_code = 'too_fast'" : "status = 'sent'"
            try? database.sql(
                "UPDATE wa_outbox SET \(update), finished_at = UTC_TIMESTAMP(3) WHERE id = \(line.split(separator: " ").last ?? "0")")
            return "done"
        }
        let key = ["idempotency-key": "order-1"]
        let first = world.send(headers: key)
        #expect(first.status == 503 && first.code == "too_fast" && first.header("Retry-After") == "300")
        let second = world.send(headers: key)
        #expect(second.status == 200 && second.text("data.status") == "sent")
        #expect(world.send(headers: key).json == second.json)
    }

    @Test func badNames() throws {
        let world = try World()
        for name in ["", " ", "ä", String(repeating: "k", count: 129)] {
            let answer = world.send(headers: ["idempotency-key": name])
            #expect(answer.status == 400 && answer.text("error")?.contains("128") == true)
        }
    }
}
