import Foundation
import Testing

@testable import API
@testable import Model
@testable import Store

@Suite struct ContactExportTests {
    private static let header = "jid,phone,name,is_group,message_count,last_message_at\r\n"

    private func filled(waiting: Int = 2, more: Int = 0) throws -> World {
        let world = try World(waiting: waiting)
        try world.database.sql(
            """
            INSERT INTO wa_sessions (id, name) VALUES (2, 'other');
            INSERT INTO wa_contacts (session_id, phone_number, lid, group_jid, name, is_group, message_count, last_message_at) VALUES
            (1, '96891234567', NULL, NULL, 'John Doe', 0, 25, '2026-02-27 10:00:00.000'), (2, '96890000002', NULL, NULL, 'Secret', 0, 0, NULL),
            (1, NULL, '123456789012', NULL, '=cmd|x', 0, 0, NULL), (1, NULL, NULL, '120363000000000001@g.us', 'a "b", c', 1, 3, NULL)
            """)
        guard more > 0 else { return world }
        try world.database.sql(
            "INSERT INTO wa_contacts (session_id, phone_number, name) SELECT 1, CONCAT('4915', LPAD(seq, 8, '0')), CONCAT('Name ', seq) FROM seq_1_to_\(more)"
        )
        return world
    }

    private func bytes(_ response: Response) -> [UInt8]? {
        if case .bytes(let bytes) = response.body { bytes } else { nil }
    }

    @Test func columnsQuotesAndFormulas() throws {
        let response = try filled().call("GET", "contacts/export").response
        #expect(response.status == 200 && response[header: "Content-Type"] == "text/csv; charset=utf-8")
        #expect(response[header: "Content-Disposition"] == "attachment; filename=\"contacts.csv\"")
        let text = String(decoding: try #require(bytes(response)), as: UTF8.self)
        #expect(
            text == Self.header + "96891234567@s.whatsapp.net,96891234567,John Doe,false,25,2026-02-27T10:00:00.000Z\r\n"
                + "123456789012@lid,,\"'=cmd|x\",false,0,\r\n" + "120363000000000001@g.us,,\"a \"\"b\"\", c\",true,3,\r\n")
    }

    @Test(arguments: [
        ("+968", "\"'+968\""), ("-1", "\"'-1\""), ("@x", "\"'@x\""), ("\t=1", "\"'\t=1\""), ("\r=1", "\"'\r=1\""), ("＝1", "\"'＝1\""),
        ("a;b", "\"a;b\""), ("a\nb", "\"a\nb\""), (" a", "\" a\""), ("", ""), ("a=b", "a=b"), ("\"", "\"\"\"\""), ("سارة", "سارة"),
        ("=\u{301}1", "\"'=\u{301}1\""), ("👩‍👩‍👧", "👩‍👩‍👧"),
    ])
    func cells(_ name: String, _ expected: String) { #expect(CSVLine.text([name]).utf8.elementsEqual((expected + "\r\n").utf8)) }

    @Test func aLongOneIsStreamedInASlot() throws {
        let world = try filled(more: 8_000)
        let response = world.call("GET", "contacts/export").response
        guard case .stream(let stream) = response.body else { throw BodyStream.WrongLength() }
        // The later slot is taken: another long answer is refused, while a request that waits for WhatsApp finds the first one.
        let second = world.call("GET", "contacts/export")
        #expect(second.status == 503 && second.code == "busy" && second.header("Retry-After") == "2")
        let other = world.service.waitingSlot()
        let isFree = other != nil
        #expect(isFree)
        var lines = 0
        var largest = 0
        while let piece = try stream.next() {
            largest = max(largest, piece.count)
            lines += piece.count { $0 == 0x0A }
        }
        #expect(lines == 8_004 && largest < 1 << 16)
        #expect(world.call("HEAD", "contacts/export").status == 200)
    }

    @Test func itsSlotIsGivenBack() throws {
        let world = try filled(waiting: 1, more: 8_000)
        for _ in 0..<3 {
            guard case .stream(let stream) = world.call("GET", "contacts/export").response.body else { throw BodyStream.WrongLength() }
            #expect(try stream.next() != nil)
        }
    }

    @Test func lengthsAreKept() throws {
        var pieces: [[UInt8]] = [[1, 2], [3]]
        let short = BodyStream(length: 4) { pieces.isEmpty ? nil : pieces.removeFirst() }
        #expect(throws: BodyStream.WrongLength.self) { while try short.next() != nil {} }
        let long = BodyStream(length: 1) { [1, 2] }
        #expect(throws: BodyStream.WrongLength.self) { try long.next() }
    }

    private func parameters(_ method: String = "GET") -> [String: String] {
        ["REQUEST_METHOD": method, "REQUEST_URI": "/api/v1/contacts/export", "HTTP_X_API_KEY": World.key]
    }

    private func configuration(_ world: World) throws -> String {
        let path = world.directory.path + "/wa-connect.conf"
        let text = """
            db.socket = \(world.database.settings.socket ?? "")
            db.name = \(world.database.settings.name)
            db.user = root
            db.password = ""
            secret.key = \(String(repeating: "07", count: 32))
            run.dir = \(world.directory.path)
            """
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test func throughTheResponder() throws {
        let world = try filled(more: 20_000)
        let config = try configuration(world)
        let socket = world.directory.path + "/api.sock"
        let pool = try ResponderProcess(["--listen", "unix:\(socket)", "--config", config])
        defer { _ = pool.terminate() }
        let deadline = ContinuousClock.now + .seconds(20)
        while !FileManager.default.fileExists(atPath: socket), ContinuousClock.now < deadline { usleep(10_000) }
        let whole = try #require(FastCGIClient.ask(socket: socket, parameters()))
        #expect(whole.hasPrefix("Status: 200 OK\r\n") && !whole.contains("Content-Length"))
        #expect(whole.count { $0 == "\r\n" } > 20_000 && whole.hasSuffix("491500020000@s.whatsapp.net,491500020000,Name 20000,false,0,\r\n"))
        let head = try #require(FastCGIClient.ask(socket: socket, parameters("HEAD")))
        #expect(head.hasPrefix("Status: 200 OK\r\n") && head.hasSuffix("\r\n\r\n"))
        let cgi = try ResponderProcess(["--config", config], environment: parameters()).finish()
        #expect(cgi.status == 0 && cgi.output.hasSuffix("Name 20000,false,0,\r\n"))
    }

    /// A row in the middle that the program can not read: whoever reads must notice that something is missing.
    @Test func whatBreaksOffDoesNotLookComplete() throws {
        let world = try filled(more: 20_000)
        try world.database.sql(
            "ALTER TABLE wa_contacts MODIFY last_message_at VARCHAR(40); UPDATE wa_contacts SET last_message_at = 'nonsense' WHERE id = 15000"
        )
        let config = try configuration(world)
        let socket = world.directory.path + "/api.sock"
        let pool = try ResponderProcess(["--listen", "unix:\(socket)", "--workers", "1", "--config", config])
        defer { _ = pool.terminate() }
        let deadline = ContinuousClock.now + .seconds(20)
        while !FileManager.default.fileExists(atPath: socket), ContinuousClock.now < deadline { usleep(10_000) }
        #expect(FastCGIClient.ask(socket: socket, parameters()) == nil)
        let cgi = try ResponderProcess(["--config", config], environment: parameters()).finish()
        #expect(cgi.status == 1 && cgi.output.hasPrefix("Status: 200 OK\r\n"))
        // The worker goes on with the next request.
        #expect(FastCGIClient.ask(socket: socket, ["REQUEST_METHOD": "GET", "REQUEST_URI": "/v1/health"])?.contains("200 OK") == true)
    }
}
