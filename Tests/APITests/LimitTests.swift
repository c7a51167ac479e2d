import Testing

@testable import API
@testable import Model

@Suite struct LimitTests {
    private func remaining(_ answer: Answer) -> [String?] {
        ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"].map { answer.header($0) }
    }

    @Test func generalWindow() throws {
        let world = try World()
        try world.database.sql("UPDATE wa_api_keys SET general_limit = 3")
        #expect(remaining(world.call("GET", "session/status")) == ["3", "2", "900"])
        world.clock.advance(seconds: 100)
        #expect(remaining(world.call("GET", "messages/log")) == ["3", "1", "800"])
        #expect(world.call("GET", "nothing").status == 404)
        #expect(world.call("GET", "messages/5").status == 404)
        let refused = world.call("GET", "session/status")
        #expect(refused.status == 429 && refused.code == "rate_limited")
        #expect(refused.header("Retry-After") == "800")
        #expect(remaining(refused) == ["3", "0", "800"])
        world.clock.advance(seconds: 800)
        #expect(remaining(world.call("GET", "session/status")) == ["3", "2", "900"])
    }

    @Test func sendingCountsInsteadNotBesides() throws {
        let world = try World()
        try world.database.sql("UPDATE wa_api_keys SET general_limit = 1, send_limit = 2")
        #expect(world.send().status == 503)
        #expect(remaining(world.send("{")) == ["2", "0", "60"])
        #expect(world.send().status == 429)
        #expect(world.call("GET", "session/status").status == 200)
        #expect(world.call("GET", "session/status").status == 429)
    }

    @Test func dailyEndsAtTheOwnersMidnight() throws {
        let world = try World()
        try world.database.sql(
            "UPDATE wa_api_keys SET daily_limit = 2, general_limit = 0; UPDATE wa_settings SET value = '+04:00' WHERE name = 'time.offset'")
        #expect(remaining(world.call("GET", "session/status")) == ["2", "1", "36000"])
        world.clock.advance(seconds: 30_000)
        #expect(world.call("GET", "session/status").status == 200)
        let refused = world.call("GET", "session/status")
        #expect(refused.status == 429 && refused.header("Retry-After") == "6000")
        world.clock.set("2026-02-27T20:00:00.000Z")
        #expect(remaining(world.call("GET", "session/status")) == ["2", "1", "86400"])
    }

    @Test func zeroIsUnlimited() throws {
        let world = try World()
        try world.database.sql("UPDATE wa_api_keys SET daily_limit = 0, general_limit = 0")
        for _ in 0..<5 { #expect(remaining(world.call("GET", "session/status")) == [nil, nil, nil]) }
    }

    @Test func settingsHoldWhereTheKeySaysNothing() throws {
        let world = try World()
        try world.database.sql("UPDATE wa_settings SET value = '7' WHERE name = 'limits.send'")
        #expect(world.send("{").header("RateLimit-Limit") == "7")
        #expect(world.call("GET", "session/status").header("RateLimit-Limit") == "100")
    }

    @Test func strangersAreCountedByAddress() throws {
        let world = try World()
        try world.database.sql("UPDATE wa_settings SET value = '2' WHERE name = 'limits.general'")
        #expect(world.call("GET", "session/status", key: "a", peer: "198.51.100.1").status == 401)
        #expect(world.call("GET", "session/status", key: nil, peer: "198.51.100.1").status == 401)
        #expect(world.call("GET", "session/status", key: "b", peer: "198.51.100.1").status == 429)
        #expect(world.call("GET", "session/status", key: "b", peer: "198.51.100.2").status == 401)
        // A good key is not a stranger, wherever it comes from.
        #expect(world.call("GET", "session/status", peer: "198.51.100.1").status == 200)
    }

    @Test func twoKeysDoNotShare() throws {
        let world = try World()
        try world.database.sql(
            "UPDATE wa_api_keys SET general_limit = 1; INSERT INTO wa_api_keys (name, key_hash) VALUES ('b', SHA2('b', 256))")
        #expect(world.call("GET", "session/status").status == 200)
        #expect(world.call("GET", "session/status").status == 429)
        #expect(world.call("GET", "session/status", key: "b").status == 200)
    }
}
