import Store
import Testing

@testable import API
@testable import Model

@Suite struct BulkTests {
    /// A daemon that sends all rows of a bulk, in the log too, when it is rung.
    private func sending(_ world: World) throws -> FakeDoorbell {
        let database = world.database
        return try world.startDaemon { line in
            try? database.sql(
                """
                INSERT IGNORE INTO wa_contacts (session_id, phone_number) SELECT session_id, SUBSTRING_INDEX(to_jid, '@', 1) FROM wa_outbox
                WHERE status = 'pending';
                INSERT INTO wa_messages (session_id, own_jid, contact_id, sender_id, message_id, direction, source, message_type, status)
                SELECT 1, '', c.id, 0, CONCAT('3EB0', LPAD(o.id, 18, '0')), 'outbound', 'bulk', 'text', 'sent' FROM wa_outbox o
                JOIN wa_contacts c ON c.phone_number = SUBSTRING_INDEX(o.to_jid, '@', 1) WHERE o.status = 'pending';
                UPDATE wa_outbox SET message_row_id = (SELECT id FROM wa_messages WHERE message_id = CONCAT('3EB0', LPAD(wa_outbox.id, 18, '0'))),
                status = 'sent' WHERE status = 'pending';
                UPDATE wa_bulk_jobs SET status = 'done', successful = (SELECT COUNT(*) FROM wa_outbox WHERE bulk_job_id = wa_bulk_jobs.id
                AND status = 'sent'), failed = (SELECT COUNT(*) FROM wa_outbox WHERE bulk_job_id = wa_bulk_jobs.id AND status = 'failed'),
                finished_at = '2026-02-27 10:00:02' WHERE finished_at IS NULL
                """)
            return "done \(line.split(separator: " ").last ?? "0")"
        }
    }

    private func bulk(_ world: World, _ fields: String, headers: [String: String] = [:]) -> Answer {
        world.call("POST", "messages/send-bulk", fields, headers: headers)
    }

    @Test func theReferencesShape() throws {
        let world = try World()
        try world.connectSession()
        _ = try sending(world)
        try world.database.sql("INSERT INTO wa_opt_outs (phone_number) VALUES ('96890000009')")
        let answer = bulk(
            world, #"{"recipients":["+968 9000 0001",96890000002,"96890000001","12","96890000009",null],"message":"Hello everyone!","delay":0}"#)
        #expect(answer.status == 200)
        guard case .object(let members)? = answer["data"] else {
            Issue.record("no data")
            return
        }
        #expect(members.map(\.key) == ["total", "successful", "failed", "results"])
        #expect(answer["data.total"] == 6 && answer["data.successful"] == 2 && answer["data.failed"] == 4)
        #expect(answer["data.results.0.to"] == "+968 9000 0001" && answer["data.results.0.success"] == true)
        #expect(answer.text("data.results.0.message_id")?.hasPrefix("3EB0") == true)
        #expect(answer["data.results.1.to"] == 96_890_000_002 && answer["data.results.1.success"] == true)
        #expect(answer["data.results.2.code"] == "duplicate" && answer["data.results.2.success"] == false)
        #expect(answer["data.results.3.code"] == "invalid_recipient" && answer.text("data.results.3.error")?.contains("`to`") == true)
        #expect(answer["data.results.4.code"] == "opted_out" && answer["data.results.4.to"] == "96890000009")
        #expect(answer["data.results.5.to"] == .null && answer["data.results.5.success"] == false)
    }

    @Test func aLongOneIsAJob() throws {
        let world = try World()
        try world.connectSession()
        let bell = try world.startDaemon { _ in "" }
        let numbers = (0..<20).map { "\"9689000\(1000 + $0)\"" }.joined(separator: ",")
        let answer = bulk(world, #"{"recipients":[\#(numbers),"x"],"message":"Hello"}"#)
        #expect(answer.status == 202 && answer["data.job_id"] == 1 && answer["data.status"] == "pending")
        #expect(answer["data.total"] == 21 && answer["data.successful"] == 0 && answer["data.failed"] == 1)
        #expect(answer["data.results.0.to"] == "x" && answer["data.results.1"] == nil)
        #expect(bell.hears("outbox 1 20"))
        #expect(world.call("GET", "messages/bulk/1")["data.pending"] == 20)
        #expect(world.call("POST", "messages/bulk/1/pause").text("data.status") == "paused")
        #expect(world.call("POST", "messages/bulk/1/resume").text("data.status") == "working")
        let cancelled = world.call("POST", "messages/bulk/1/cancel")
        #expect(cancelled.text("data.status") == "cancelled" && cancelled["data.cancelled"] == 20)
        #expect(world.call("POST", "messages/bulk/1/resume").status == 409)
        let page = world.call("GET", "messages/bulk/1?limit=5&page=2")
        #expect(page["data.results.4.code"] == "cancelled" && page["data.pagination.total"] == 21)
        #expect(world.call("GET", "messages/bulk")["data.jobs.0.job_id"] == 1)
        for path in ["messages/bulk/2", "messages/bulk/x", "messages/bulk/99999999999999999999"] {
            #expect(world.call("GET", path).status == 404)
        }
    }

    @Test func whatIsWrongWithTheWholeIsARefusal() throws {
        let world = try World()
        #expect(bulk(world, #"{"recipients":["96890000001"],"message":"x"}"#).status == 503)
        #expect(bulk(world, #"{"recipients":["96890000001"],"message":"x","queue":true}"#).status == 202)
        let wrong = [
            ("{}", "recipients"), (#"{"recipients":[],"message":"x"}"#, "recipients"), (#"{"recipients":"9689","message":"x"}"#, "recipients"),
            (#"{"recipients":["96890000001"]}"#, "message"), (#"{"recipients":["96890000001"],"message":7}"#, "message"),
            (#"{"recipients":["96890000001"],"message":"x","delay":60001}"#, "delay"),
            (#"{"recipients":["96890000001"],"message":"x","delay":-1}"#, "delay"),
            (#"{"recipients":["96890000001"],"message":"x","delay":"1"}"#, "delay"),
            (#"{"recipients":["96890000001"],"message":"x","queue":"yes"}"#, "queue"),
        ]
        for (body, field) in wrong {
            let answer = bulk(world, body)
            #expect(answer.status == 400 && answer.text("error")?.contains("`\(field)`") == true, "\(body) \(answer.status)")
        }
        let strict = try World()
        try strict.database.sql("UPDATE wa_settings SET value = '2' WHERE name = 'bulk.max_recipients'")
        #expect(bulk(strict, #"{"recipients":["1","2","3"],"message":"x"}"#).text("error")?.contains("2 recipients") == true)
    }

    @Test func formsAsPHPSendsThem() throws {
        let world = try World()
        let form = "recipients%5B0%5D=96890000001&recipients%5B1%5D=96890000002&message=Hello&delay=5&queue=1"
        let answer = world.call(
            "POST", "messages/send-bulk", form, headers: ["content-type": "application/x-www-form-urlencoded"])
        #expect(answer.status == 202 && answer["data.total"] == 2)
    }

    @Test func aRepetitionIsAnsweredFromTheFirst() throws {
        let world = try World()
        try world.connectSession()
        _ = try sending(world)
        let fields = #"{"recipients":["96890000001"],"message":"Hello"}"#
        let first = bulk(world, fields, headers: ["idempotency-key": "a"])
        #expect(first.status == 200)
        #expect(bulk(world, fields, headers: ["idempotency-key": "a"])["data.results.0.message_id"] == first["data.results.0.message_id"])
        #expect(bulk(world, #"{"recipients":["96890000001"],"message":"Other"}"#, headers: ["idempotency-key": "a"]).status == 409)
        #expect(world.send(headers: ["idempotency-key": "a"]).status == 409)
        #expect(world.call("GET", "messages/outbox")["data.pagination.total"] == 1)
    }

    @Test func theKeysMessagesADay() throws {
        let world = try World()
        try world.database.sql("UPDATE wa_api_keys SET daily_messages = 2")
        #expect(bulk(world, #"{"recipients":["96890000001","96890000002","96890000003"],"message":"x","queue":true}"#).status == 429)
        #expect(bulk(world, #"{"recipients":["96890000001"],"message":"x","queue":true}"#).status == 202)
        #expect(world.send(#"{"to":"96891234567","message":"Hello","queue":true}"#).status == 202)
        let refused = world.send(#"{"to":"96891234567","message":"Hello","queue":true}"#)
        #expect(refused.status == 429 && refused.text("code") == "daily_messages" && refused.header("Retry-After") == "50400")
        #expect(world.call("GET", "keys/usage")["data.usage.0.messages"] == 2)
    }

    @Test func messagesThatWaitCanBeTakenBack() throws {
        let world = try World()
        let id = try #require(world.send(#"{"to":"96891234567","message":"later","send_at":"2027-01-01T08:00:00Z"}"#).text("data.message_id"))
        #expect(world.call("GET", "messages/outbox?status=pending").text("data.outbox.0.message_id") == id)
        #expect(world.call("POST", "messages/\(id)/cancel").text("data.status") == "cancelled")
        #expect(world.call("POST", "messages/\(id)/cancel").status == 200)
        #expect(world.call("GET", "messages/\(id)").text("data.status") == "failed")
        try world.database.sql("UPDATE wa_outbox SET status = 'sent'")
        #expect(world.call("POST", "messages/\(id)/cancel").status == 409)
        #expect(world.call("POST", "messages/nothing/cancel").status == 404)
        try world.database.sql("INSERT INTO wa_outbox (to_jid, payload) VALUES ('96890000001', '{\"message\":\"x\"}')")
        #expect(world.call("POST", "messages/outbox/2/cancel").text("data.status") == "cancelled")
        #expect(world.call("GET", "messages/outbox?status=strange").status == 400)
    }
}
