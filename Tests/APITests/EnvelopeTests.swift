import Testing

@testable import API
@testable import Model
@testable import Store

@Suite struct EnvelopeTests {
    @Test func healthNeedsNothing() throws {
        let world = try World()
        for method in ["GET", "HEAD"] {
            let answer = world.call(method, "health", key: nil)
            #expect(answer.status == 200)
            #expect(answer["success"] == true)
            #expect(answer.text("message") == "WA-Connect API is running")
            #expect(answer.text("timestamp") == "2026-02-27T10:00:00.000Z")
            #expect(answer.header("RateLimit-Limit") == nil)
        }
    }

    @Test func everyAnswerForbidsStoring() throws {
        let world = try World()
        let answers = [
            world.call("GET", "health"), world.call("GET", "session/status"), world.call("GET", "session/status", key: nil),
            world.call("GET", "nothing"), world.call("PUT", "session/status"), world.call("OPTIONS", "session/status"), world.send("{"),
        ]
        #expect(answers.map(\.status) == [200, 200, 401, 404, 405, 204, 400])
        for answer in answers {
            #expect(answer.header("Cache-Control") == "no-store")
            #expect(answer.header("X-Accel-Expires") == "0")
            #expect(answer.header("X-Request-Id")?.utf8.count == 16)
        }
    }

    @Test func errorsHaveTheEnvelope() throws {
        let world = try World()
        for (answer, code) in [
            (world.call("GET", "nothing"), "not_found"), (world.call("POST", "health"), "method_not_allowed"),
            (world.call("GET", "session/status", key: "wrong"), "unauthorized"),
            (world.send("[]", headers: ["content-type": "application/json"]), "bad_request"),
            (world.send("{}"), "validation_failed"), (world.send("x", headers: ["content-type": "text/plain"]), "unsupported_media_type"),
        ] {
            #expect(answer["success"] == false)
            #expect(answer.code == code)
            #expect(answer.text("message")?.isEmpty == false)
            #expect(answer.text("error")?.isEmpty == false)
            #expect(answer.text("request_id") == answer.header("X-Request-Id"))
            #expect(answer.header("Content-Type") == "application/json")
        }
        #expect(world.call("POST", "health").header("Allow") == "GET, HEAD, OPTIONS")
    }

    @Test func keysThatAreNotGood() throws {
        let world = try World()
        try world.database.sql(
            """
            INSERT INTO wa_api_keys (name, key_hash, active, expires_at) VALUES ('off', SHA2('off', 256), 0, NULL),
            ('old', SHA2('old', 256), 1, '2026-02-27 10:00:00.000'), ('young', SHA2('young', 256), 1, '2026-02-27 10:00:00.001')
            """)
        for key in [nil, "", "wrong", "off", "old", String(repeating: "x", count: 100_000), "' OR 1=1 -- ", "\u{0}"] {
            let answer = world.call("GET", "session/status", key: key)
            #expect(answer.status == 401 && answer.code == "unauthorized")
        }
        #expect(world.call("GET", "session/status", key: "young").status == 200)
    }

    @Test func permissions() throws {
        let world = try World()
        try world.database.sql(
            "INSERT INTO wa_api_keys (name, key_hash, permissions) VALUES ('reader', SHA2('reader', 256), 'messages:read, session:read')")
        #expect(world.call("GET", "session/status", key: "reader").status == 200)
        #expect(world.call("GET", "messages/log", key: "reader").status == 200)
        for (method, path) in [("POST", "session/connect"), ("POST", "session/logout"), ("POST", "messages/send-text")] {
            let answer = world.call(method, path, "{}", key: "reader")
            #expect(answer.status == 403 && answer.code == "forbidden")
        }
        #expect(world.call("POST", "messages/send-text", "{}", key: "reader").text("error")?.contains("messages:send") == true)
    }

    @Test func keysBoundToAddresses() throws {
        let world = try World(configuration: "trusted_proxies = 10.0.0.0/8")
        try world.database.sql("UPDATE wa_api_keys SET allowed_ips = '192.0.2.0/24, 2001:db8::/32'")
        #expect(world.call("GET", "session/status", peer: "192.0.2.77").status == 200)
        #expect(world.call("GET", "session/status", peer: "2001:db8::1").status == 200)
        #expect(world.call("GET", "session/status", peer: "192.0.3.1").code == "address_not_allowed")
        #expect(world.call("GET", "session/status", headers: ["x-forwarded-for": "192.0.2.1"], peer: "192.0.3.1").status == 403)
        #expect(world.call("GET", "session/status", headers: ["x-forwarded-for": "192.0.2.1"], peer: "10.1.1.1").status == 200)
    }

    @Test func databaseThatIsNotThere() throws {
        let world = try World()
        world.database.drop()
        let answer = world.call("GET", "session/status")
        #expect(answer.status == 503 && answer.code == "database_unavailable")
        #expect(answer.header("Retry-After") != nil)
        #expect(world.call("GET", "health").status == 200)
        #expect(world.logged.contains { $0.contains(answer.text("request_id") ?? "-") })
    }

    @Test func databaseWithoutTables() throws {
        let world = try World()
        try world.database.sql("DROP TABLE wa_rate_counters")
        #expect(world.call("GET", "session/status").code == "database_not_ready")
    }

    @Test func connectionThatWasClosedIsMadeAgain() throws {
        let world = try World()
        #expect(world.call("GET", "session/status").status == 200)
        let owner = try world.database.open()
        for row in try owner.run("SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()").rows {
            _ = try owner.run("KILL \(try row.integer("id"))")
        }
        #expect(world.call("GET", "session/status").status == 200)
    }

    @Test func preflightOnlyForNamedOrigins() throws {
        let world = try World()
        let before = world.call("OPTIONS", "session/status", key: nil, headers: ["origin": "https://a.example"])
        #expect(before.status == 204 && before.header("Access-Control-Allow-Origin") == nil)
        #expect(before.header("Allow") == "GET, HEAD, OPTIONS")
        let fresh = try World()
        try fresh.database.sql("UPDATE wa_settings SET value = 'https://a.example' WHERE name = 'cors.origins'")
        let preflight = fresh.call("OPTIONS", "messages/send-text", key: nil, headers: ["origin": "https://a.example"])
        #expect(preflight.header("Access-Control-Allow-Origin") == "https://a.example")
        #expect(preflight.header("Access-Control-Allow-Headers")?.contains("X-API-Key") == true)
        #expect(fresh.call("GET", "session/status", headers: ["origin": "https://a.example"]).header("Access-Control-Allow-Origin") != nil)
        #expect(fresh.call("GET", "session/status", headers: ["origin": "https://b.example"]).header("Access-Control-Allow-Origin") == nil)
    }
}
