import Testing

@testable import API
@testable import Model

@Suite struct LogTests {
    private func filled() throws -> World {
        let world = try World()
        try world.database.sql(
            """
            INSERT INTO wa_sessions (id, name) VALUES (2, 'other');
            INSERT INTO wa_contacts (id, session_id, phone_number, name) VALUES (1, 1, '96891234567', 'John Doe'), (2, 2, '96891234567', 'Other');
            INSERT INTO wa_messages (session_id, own_jid, contact_id, sender_id, message_id, direction, source, message_type, content, status, created_at)
            SELECT 1, '', 1, IF(seq % 2, 0, 1), CONCAT('3EB0', seq), IF(seq % 2, 'outbound', 'inbound'), 'api', 'text', CONCAT('text ', seq),
            IF(seq % 2, 'sent', 'received'), '2026-02-27 10:00:00' FROM seq_1_to_150;
            INSERT INTO wa_messages (session_id, own_jid, contact_id, sender_id, message_id, direction, source, message_type, content, status)
            VALUES (2, '', 2, 2, 'OTHER', 'inbound', 'contact', 'text', 'secret', 'received'), (1, '', 1, 1, '3EB01', 'inbound', 'contact', 'text', 'theirs', 'received')
            """)
        return world
    }

    @Test func pages() throws {
        let world = try filled()
        let first = world.call("GET", "messages/log")
        #expect(first["data.pagination"] == .members(["page": 1, "limit": 20, "total": 151, "totalPages": 8]))
        #expect(first["data.messages.0.content"] == "theirs" && first["data.messages.1.content"] == "text 150")
        #expect(first["message"] == nil)
        let last = world.call("GET", "messages/log?page=8&limit=20")
        #expect(last["data.messages.10.content"] == "text 1" && last["data.messages.11"] == nil)
        #expect(world.call("GET", "messages/log?page=1000000000&limit=100")["data.messages"] == .array([]))
        let lowered = world.call("GET", "messages/log?limit=5000")
        #expect(lowered["data.pagination.limit"] == 100 && lowered.text("message")?.contains("100") == true)
        #expect(world.call("GET", "messages/log?direction=outbound")["data.pagination.total"] == 75)
        #expect(world.call("GET", "messages/log?direction=inbound&limit=1")["data.pagination.totalPages"] == 76)
        #expect(world.call("GET", "messages/log?direction=all&page=")["data.pagination.total"] == 151)
    }

    @Test func whatIsNewSince() throws {
        let world = try filled()
        let answer = world.call("GET", "messages/log?since_id=148")
        #expect(answer["data.pagination.total"] == 3)
        #expect(answer["data.messages.0.content"] == "text 149")
    }

    @Test func filters() throws {
        let world = try filled()
        func total(_ query: String) -> JSONValue? { world.call("GET", "messages/log?\(query)")["data.pagination.total"] }
        try world.database.sql(
            "UPDATE wa_messages SET message_type = 'image', status = 'read', created_at = '2026-03-01 23:59:59.999' WHERE id = 5")
        #expect(total("type=image") == 1 && total("status=read") == 1 && total("type=all&status=all") == 151)
        #expect(total("from_date=2026-03-01&to_date=2026-03-01") == 1)
        #expect(total("from_date=2026-02-27T10:00:00Z&to_date=2026-02-28") == 149)
        #expect(total("from_date=0001-01-01&to_date=9999-12-31") == 151)
        #expect(total("jid=96891234567@s.whatsapp.net") == 151 && total("jid=%2B968%209123%204567") == 151)
        #expect(total("jid=96899999999") == 0 && total("jid=120363000000000000@g.us") == 0)
    }

    @Test(arguments: [
        "type=letter", "status=lost", "from_date=yesterday", "to_date=2026-02-30", "jid=5", "page=0", "page=-1", "page=x", "page=1.5",
        "page=99999999999999999999", "limit=0", "limit=a", "direction=up", "since_id=-1", "page[]=1",
    ])
    func badParameters(_ query: String) throws {
        let answer = try filled().call("GET", "messages/log?\(query)")
        #expect(answer.status == 400 && answer.code == "validation_failed")
    }

    @Test func oneMessage() throws {
        let world = try filled()
        let byRow = world.call("GET", "messages/2")
        #expect(
            byRow["data"]
                == .members([
                    "id": 2, "message_id": "3EB02", "remote_jid": "96891234567@s.whatsapp.net", "remote_name": "John Doe",
                    "direction": "inbound",
                    "message_type": "text", "content": "text 2", "status": "received", "created_at": "2026-02-27T10:00:00.000Z",
                ]))
        // Our own before the newest.
        #expect(world.call("GET", "messages/3EB01")["data.content"] == "text 1")
        for id in ["OTHER", "151", "999999999999999999999", "0", "-1", "%F0%9F%98%80", "a'b", String(repeating: "9", count: 5_000)] {
            let answer = world.call("GET", "messages/\(id)")
            #expect(answer.status == 404 && answer.code == "message_not_found")
        }
    }
}
