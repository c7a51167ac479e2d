import Store
import Testing

@testable import API
@testable import Model

@Suite struct AdminTests {
    // MARK: Webhooks

    @Test func webhooksAreManagedAndTheirSecretsKept() throws {
        let world = try World()
        let bell = try world.startDaemon()
        let added = world.call(
            "POST", "webhooks",
            #"{"url":"https://shop.example/hook","name":"shop","events":["message.received"],"secret":"s3cret","headers":{"Authorization":"Bearer t0ken"}}"#)
        #expect(added.status == 200 && added["data.id"] == 1 && added["data.session"] == "default")
        #expect(added["data.secret"] == "***" && added["data.headers.Authorization"] == "***")
        for path in ["webhooks", "webhooks/1"] {
            let text = CanonicalJSON.text(world.call("GET", path).json)
            #expect(!text.contains("s3cret") && !text.contains("t0ken") && text.contains("shop.example"))
        }
        let changed = world.call("POST", "webhooks/1", #"{"active":true,"events":"*","secret":""}"#)
        #expect(changed["data.events.0"] == "*" && changed["data.secret"] == .null && changed["data.headers.Authorization"] == "***")
        let test = world.call("POST", "webhooks/1/test")
        #expect(test.status == 202 && test["data.delivery_id"] == 1)
        #expect(bell.hears("webhooks"))
        let delivery = world.call("GET", "webhooks/deliveries/1")
        #expect(delivery["data.status"] == "pending" && delivery.text("data.body")?.contains("This is a test.") == true)
        try world.database.sql("UPDATE wa_webhook_deliveries SET status = 'dead', attempts = 8")
        #expect(world.call("POST", "webhooks/1/replay")["data.replayed"] == 1)
        #expect(world.call("GET", "webhooks/deliveries?status=pending&webhook=1")["data.deliveries.0.attempts"] == 0)
        #expect(world.call("POST", "webhooks/deliveries/1/replay").status == 202)
        #expect(world.call("POST", "webhooks/1/delete").status == 200)
        #expect(world.call("GET", "webhooks/1").status == 404 && world.call("GET", "webhooks/deliveries/1").status == 404)
    }

    @Test func badWebhooksAreRefusedWithTheFieldNamed() throws {
        let world = try World()
        let wrong = [
            ("{}", "url"), (#"{"url":"ftp://a.example"}"#, "url"), (#"{"url":"https://user:pass@a.example/"}"#, "url"),
            (#"{"url":"https://a.example/\r\nX: y"}"#, "url"), (#"{"url":"https://"}"#, "url"),
            (#"{"url":"https://a.example","events":["message.unknown"]}"#, "events"), (#"{"url":"https://a.example","events":[]}"#, "events"),
            (#"{"url":"https://a.example","events":7}"#, "events"),
            (#"{"url":"https://a.example","headers":{"X-Webhook-Signature":"x"}}"#, "headers.X-Webhook-Signature"),
            (#"{"url":"https://a.example","headers":{"content-LENGTH":"0"}}"#, "headers.content-LENGTH"),
            (#"{"url":"https://a.example","headers":{"X-A":"a\r\nX-B: b"}}"#, "headers.X-A"),
            (#"{"url":"https://a.example","headers":["a"]}"#, "headers"), (#"{"url":"https://a.example","active":"perhaps"}"#, "active"),
        ]
        for (body, field) in wrong {
            let answer = world.call("POST", "webhooks", body)
            #expect(answer.status == 400 && answer.text("error")?.contains("`\(field)`") == true, "\(body): \(answer.text("error") ?? "")")
        }
        #expect(world.call("GET", "webhooks")["data.webhooks.0"] == nil)
    }

    // MARK: Keys

    @Test func keysAreMadeShownOnceUsedAndEnded() throws {
        let world = try World()
        let made = world.call(
            "POST", "keys",
            #"{"name":"shop","permissions":["messages:read","session:read"],"daily_limit":5,"expires_at":"2026-12-31","allowed_ips":["192.0.2.0/24"]}"#)
        let key = try #require(made.text("data.key"))
        #expect(made["data.id"] == 2 && made["data.permissions.1"] == "session:read" && made["data.expires_at"] == "2026-12-31T23:59:59.000Z")
        #expect(!CanonicalJSON.text(world.call("GET", "keys").json).contains(key))
        #expect(world.call("GET", "session/status", key: key).header("RateLimit-Remaining") == "4")
        #expect(world.call("GET", "session/status", key: key, peer: "198.51.100.1").status == 403)
        #expect(world.call("GET", "keys", key: key).status == 403)
        let usage = world.call("GET", "keys/usage?key=2")
        #expect(usage["data.usage.0.requests"] == 1 && usage["data.usage.0.refusals"] == 2 && usage["data.usage.0.day"] == "2026-02-27")
        #expect(world.call("POST", "keys/1/delete").status == 409, "a key does not saw off its own branch")
        #expect(world.call("POST", "keys/2/disable").status == 200)
        #expect(world.call("GET", "session/status", key: key).status == 401)
        #expect(world.call("POST", "keys/2/delete").status == 200 && world.call("POST", "keys/2/delete").status == 404)
    }

    @Test func badKeysAreRefusedWithTheFieldNamed() throws {
        let world = try World()
        let wrong = [
            ("{}", "name"), (#"{"name":"a","permissions":["all"]}"#, "permissions"), (#"{"name":"a","allowed_ips":"1.2.3"}"#, "allowed_ips"),
            (#"{"name":"a","daily_limit":-1}"#, "daily_limit"), (#"{"name":"a","send_limit":1.5}"#, "send_limit"),
            (#"{"name":"a","expires_at":"soon"}"#, "expires_at"), (#"{"name":"a","permissions":[]}"#, "permissions"),
        ]
        for (body, field) in wrong {
            let answer = world.call("POST", "keys", body)
            #expect(answer.status == 400 && answer.text("error")?.contains("`\(field)`") == true, "\(body): \(answer.text("error") ?? "")")
        }
    }

    @Test func guessingStaysSlowWhateverTheOwnersKeysMay() throws {
        let world = try World()
        try world.database.sql("UPDATE wa_settings SET value = '0' WHERE name = 'limits.general'")
        for _ in 0..<100 { #expect(world.call("GET", "session/status", key: "guess").status == 401) }
        #expect(world.call("GET", "session/status", key: "guess").status == 429)
        #expect(world.call("GET", "session/status", key: "guess", peer: "192.0.2.2").status == 401)
        #expect(world.call("GET", "session/status").status == 200)
    }

    @Test func badEditsByHandDoNoHarm() throws {
        let world = try World()
        try world.database.sql("UPDATE wa_api_keys SET permissions = 'mesages:send,, messages:read *x', allowed_ips = ' , '")
        #expect(world.call("GET", "messages/log").status == 200)
        #expect(world.send().status == 403)
        try world.database.sql("UPDATE wa_api_keys SET allowed_ips = '192.0.2.0/99, nonsense'")
        #expect(world.call("GET", "messages/log").status == 403)
        try world.database.sql("UPDATE wa_api_keys SET allowed_ips = '::ffff:192.0.2.1, 2001:db8::/32'")
        #expect(world.call("GET", "messages/log").status == 200)
        #expect(world.call("GET", "messages/log", peer: "2001:db8::5").status == 200)
        #expect(world.call("GET", "messages/log", peer: "2001:db9::5").status == 403)
    }

    // MARK: Sessions

    private func otherSession(_ world: World, permissions: String = "*") throws -> String {
        #expect(world.call("POST", "sessions", #"{"name":"sales"}"#).status == 200)
        return try #require(
            world.call("POST", "keys", #"{"name":"sales","session":"sales","permissions":"\#(permissions)"}"#).text("data.key"))
    }

    @Test func aKeySeesItsOwnSessionAlone() throws {
        let world = try World()
        let key = try otherSession(world)
        #expect(world.call("POST", "sessions", #"{"name":"sales"}"#).status == 409)
        #expect(world.call("POST", "sessions", #"{"name":"a/b"}"#).status == 400)
        _ = world.send(#"{"to":"96891234567","message":"secret of default","queue":true}"#)
        _ = world.call("POST", "messages/send-bulk", #"{"recipients":["96891234567"],"message":"secret of default","queue":true}"#)
        _ = world.call("POST", "webhooks", #"{"url":"https://default.example"}"#)
        _ = world.call("POST", "webhooks", #"{"url":"https://all.example","session":"*"}"#)
        _ = world.call("POST", "webhooks", #"{"url":"https://sales.example","session":"sales"}"#)
        _ = world.call("POST", "webhooks/1/test")
        #expect(world.call("GET", "webhooks")["data.webhooks.2.session"] == "sales")
        #expect(world.call("GET", "sessions")["data.sessions.1.name"] == "sales")
        for path in ["messages/log", "messages/outbox", "messages/bulk", "webhooks", "webhooks/deliveries", "keys", "keys/usage", "sessions"] {
            let text = CanonicalJSON.text(world.call("GET", path, key: key).json)
            #expect(text.contains("\"success\":true"), "\(path): \(text)")
            #expect(!text.contains("secret of default") && !text.contains("default.example") && !text.contains("all.example"), "\(path)")
            #expect(!text.contains("\"default\"") && !text.contains("\"name\":\"tests\""), "\(path): \(text)")
        }
        for path in [
            "messages/1", "messages/bulk/1", "webhooks/1", "webhooks/2", "webhooks/deliveries/1", "sessions/default",
        ] {
            #expect(world.call("GET", path, key: key).status == 404, "\(path)")
        }
        for path in [
            "messages/1/cancel", "messages/outbox/1/cancel", "messages/bulk/1/cancel", "webhooks/1", "webhooks/1/delete", "webhooks/1/test",
            "webhooks/deliveries/1/replay", "keys/1/delete", "sessions/default/logout",
        ] {
            #expect(world.call("POST", path, key: key).status == 404, "\(path)")
        }
        #expect(world.call("POST", "sessions", #"{"name":"third"}"#, key: key).status == 403)
        #expect(world.call("POST", "keys", #"{"name":"x","session":"default"}"#, key: key).status == 404)
        #expect(world.call("POST", "webhooks", #"{"url":"https://x.example","session":"*"}"#, key: key).status == 403)
    }

    @Test func aSessionIsConnectedByItsName() throws {
        let world = try World()
        _ = try otherSession(world)
        let database = world.database
        let bell = try world.startDaemon { line in
            try? database.sql("UPDATE wa_sessions SET status = 'qr_ready', qr = '2@x', qr_expires_at = '2026-02-27 10:01:00' WHERE id = 2")
            return line.hasPrefix("session") ? "done" : nil
        }
        #expect(world.call("POST", "sessions/sales/connect").text("data.qr") == "2@x")
        #expect(bell.hears("session 2"))
        #expect(world.call("GET", "sessions/sales").text("data.status") == "qr_ready")
        #expect(world.call("GET", "session/status").text("data.status") == "disconnected")
        #expect(world.call("POST", "sessions/nobody/connect").status == 404)
    }
}
