import Synchronization
import Testing

@testable import API
@testable import Model
@testable import Store

/// Refusals that no other suite provokes: each with its status, its code and what it names.
@Suite struct ErrorTests {
    /// A session that is connected, a person, a message each way, and a daemon that does nothing.
    private func world(waiting: Int = 2) throws -> World {
        let world = try World(waiting: waiting)
        try world.connectSession()
        try world.startDaemon()
        try world.database.sql(
            """
            INSERT INTO wa_contacts (id, session_id, phone_number, name) VALUES (1, 1, '96891234567', 'John Doe');
            INSERT INTO wa_messages (session_id, own_jid, contact_id, sender_id, message_id, direction, source, message_type, content, status)
            VALUES (1, '', 1, 1, 'THEIRS', 'inbound', 'contact', 'text', 'hi', 'received')
            """)
        return world
    }

    private func expect(
        _ answer: Answer, _ status: Int, _ code: String, naming word: String? = nil, _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == status && answer.code == code, "\(answer.status) \(answer.code ?? "")", sourceLocation: location)
        #expect(answer["success"] == false && answer.text("message")?.isEmpty == false, sourceLocation: location)
        #expect(answer.text("request_id")?.isEmpty == false && answer.header("Cache-Control") == "no-store", sourceLocation: location)
        if let word { #expect(answer.text("error")?.contains(word) == true, "\(answer.text("error") ?? "")", sourceLocation: location) }
        #expect((answer.header("Retry-After") != nil) == (status == 503 || status == 429), sourceLocation: location)
    }

    @Test func thingsThatAreNotThere() throws {
        let world = try world()
        expect(world.call("GET", "contacts/96899999999"), 404, "contact_not_found")
        expect(world.call("GET", "contacts/nobody"), 404, "contact_not_found")
        expect(world.call("GET", "messages/NONE"), 404, "message_not_found")
        expect(world.call("POST", "messages/delete", #"{"message_id":"NONE"}"#), 404, "message_not_found")
        expect(world.call("GET", "messages/bulk/7"), 404, "bulk_not_found")
        expect(world.call("POST", "messages/bulk/x/cancel"), 404, "bulk_not_found")
        expect(world.call("GET", "webhooks/7"), 404, "webhook_not_found")
        expect(world.call("GET", "webhooks/deliveries/7"), 404, "delivery_not_found")
        expect(world.call("POST", "keys/7/delete"), 404, "key_not_found")
        expect(world.call("GET", "sessions/none"), 404, "session_not_found")
        expect(world.call("POST", "calls/reject", #"{"call_id":"NONE"}"#), 404, "call_not_found")
        expect(world.call("GET", "nothing"), 404, "not_found")
    }

    @Test func whatIsTakenUsedOrOver() throws {
        let world = try world()
        expect(world.call("POST", "sessions", #"{"name":"default"}"#), 409, "session_exists")
        expect(world.call("POST", "keys/1/disable"), 409, "own_key")
        expect(world.call("POST", "messages/delete", #"{"message_id":"THEIRS"}"#), 400, "not_deletable")
        expect(world.call("POST", "messages/edit", #"{"message_id":"THEIRS","message":"x"}"#), 400, "not_editable")
        try world.database.sql(
            """
            INSERT INTO wa_calls (session_id, contact_id, call_id, caller_jid, creator_jid, status, created_at) VALUES
            (1, 1, 'OVER', '1@lid', '1@lid', 'missed', '2026-02-27 10:00:00'), (1, 1, 'OLD', '1@lid', '1@lid', 'ringing', '2026-02-27 09:58:00')
            """)
        for id in ["OVER", "OLD"] { expect(world.call("POST", "calls/reject", #"{"call_id":"\#(id)"}"#), 409, "call_over") }
    }

    @Test func contactsWithoutAConnection() throws {
        let world = try world()
        try world.database.sql("UPDATE wa_sessions SET status = 'connecting'")
        for call in ["contacts/check", "contacts/sync"] {
            expect(world.call("POST", call, #"{"phone":"96899999999"}"#), 503, "not_connected", naming: "Service unavailable")
        }
        // Bad fields are told first: they stay wrong when the connection is back.
        expect(world.call("POST", "contacts/check", "{}"), 400, "validation_failed", naming: "`phone`")
        expect(world.call("POST", "contacts/check", #"{"phone":"123456"}"#), 400, "validation_failed", naming: "`phone`")
        expect(world.call("POST", "contacts/check", #"{"phone":"1234567890123456"}"#), 400, "validation_failed", naming: "`phone`")
        expect(world.call("POST", "contacts/check", #"{"phones":[]}"#), 400, "validation_failed", naming: "`phones`")
        for query in ["", "?q=", "?q=a", "?q=%20a%20"] {
            expect(world.call("GET", "contacts/search" + query), 400, "validation_failed", naming: "`q`")
        }
        expect(world.call("GET", "contacts?type=nonsense"), 400, "validation_failed", naming: "`type`")
    }

    @Test func checksThatAreNotAnsweredOrTooMany() throws {
        let world = try world()
        try world.database.sql("UPDATE wa_settings SET value = '1' WHERE name = 'limits.checks'")
        let body = #"{"phone":"96899999999"}"#
        expect(world.call("POST", "contacts/check", body), 503, "check_unanswered")
        expect(world.call("POST", "contacts/check", body), 429, "too_many_checks", naming: "1")
        let busy = try self.world(waiting: 0)
        expect(busy.call("POST", "contacts/check", body), 503, "busy")
    }

    @Test func reasonsThatAConnectionCanNotBeMadeFor() throws {
        let world = try World()
        let database = world.database
        let next = Mutex(SessionReason.manual)
        try world.startDaemon { _ in
            try? database.sql("UPDATE wa_sessions SET status = 'disconnected', reason = '\(next.withLock { $0.rawValue })'")
            return "done"
        }
        for reason in SessionReason.allCases {
            next.withLock { $0 = reason }
            let answer = world.call("POST", "session/connect")
            #expect(world.call("GET", "session/status").text("data.reason") == reason.rawValue)
            // The owner's own wish and codes that nobody scanned are cured by asking, which this is.
            if reason == .manual || reason == .qrExpired {
                #expect(answer.text("data.status") == "connecting", "\(reason)")
            } else {
                expect(answer, 503, reason.rawValue)
                #expect(answer.text("message") == "WhatsApp is not connected")
            }
        }
    }

    @Test(arguments: [
        (StoreError.unavailable(2002), 503, "database_unavailable"), (.accessDenied(1045), 503, "database_unavailable"),
        (.tooManyConnections, 503, "database_unavailable"), (.gone, 503, "database_unavailable"), (.deadlock, 503, "database_unavailable"),
        (.lockTimeout, 503, "database_unavailable"), (.readOnly, 503, "database_unavailable"), (.full, 503, "database_unavailable"),
        (.commitUncertain, 503, "outcome_unknown"), (.schemaMissing, 503, "database_not_ready"), (.duplicate, 500, "internal_error"),
        (.reference, 500, "internal_error"), (.invalidValue, 500, "internal_error"), (.leaseLost, 500, "internal_error"),
        (.tampered(table: "t", column: "c"), 500, "internal_error"), (.malformed("x"), 500, "internal_error"), (.query(1064), 500, "internal_error"),
    ])
    func troubleOfTheDatabase(_ error: StoreError, _ status: Int, _ code: String) {
        let (problem, log) = Problem.of(error)
        #expect(problem.status == status && problem.code == code && (problem.retryAfter != nil) == (status == 503))
        // The owner reads what it was; callers do not.
        #expect(log?.contains("\(error)") == true && !problem.error.contains("\(error)"))
    }
}
