import Testing

@testable import API
@testable import Model
@testable import Store

@Suite struct PageTests {
    @Test func thePageLoadsNothingFromElsewhereAndHoldsNoSecret() throws {
        let world = try World()
        let response = world.service.answer(Request(method: "GET", target: "/api/v1/page"))
        guard case .bytes(let bytes) = response.body else { throw BodyStream.WrongLength() }
        let html = String(decoding: bytes, as: UTF8.self)
        #expect(response.status == 200 && response[header: "Content-Type"] == "text/html; charset=utf-8")
        #expect(response[header: "Cache-Control"] == "no-store")
        let policy = try #require(response[header: "Content-Security-Policy"])
        let nonce = try #require(policy.split(separator: "'nonce-").dropFirst().first?.prefix(32))
        #expect(html.contains("<script nonce=\"\(nonce)\">") && html.contains("<style nonce=\"\(nonce)\">") && !html.contains("NONCE"))
        #expect(!html.contains("http://") && !html.contains("https://") && !html.contains("onclick=\"") && !html.contains("style=\""))
        // Another answer has another nonce.
        #expect(world.service.answer(Request(method: "GET", target: "/api/v1/page"))[header: "Content-Security-Policy"] != policy)
    }

    @Test func aLinkOpensOnceAndThenItsBrowserAlone() throws {
        let world = try World()
        var rng = SystemRandomNumberGenerator()
        let link = NewKey(using: &rng)
        try world.database.open().apiKeys.insertForPage(hash: link.hash, session: 1, now: world.clock.now)
        let opened = world.call("POST", "page/open", key: link.text)
        let key = try #require(opened.text("data.key"))
        #expect(opened.text("data.session") == "default" && key != link.text)
        #expect(world.call("POST", "page/open", key: link.text).status == 401)
        #expect(world.call("GET", "session/status", key: key).status == 200)
        // It reads no messages, and it ends.
        #expect(world.call("GET", "messages/log", key: key).status == 403)
        #expect(world.call("POST", "page/open", key: key).status == 403)
        world.clock.advance(seconds: 1_801)
        #expect(world.call("GET", "session/status", key: key).status == 401)
        try world.database.open().apiKeys.insertForPage(hash: NewKey(using: &rng).hash, session: 1, now: world.clock.now)
        #expect(
            try world.database.open().apiKeys.find(hash: link.hash) == nil
                && world.database.open().apiKeys.list().filter { $0.name.hasPrefix("page") }.count == 1)
    }

    @Test func theOwnersOwnKeysAreNotReplaced() throws {
        let world = try World()
        #expect(world.call("POST", "page/open").status == 403)
        #expect(world.call("GET", "session/status").status == 200)
    }

    @Test func whereTheAPIIsForTheOutsideWorld() {
        #expect(PublicAddress(base: "https://example.com").of("health") == "https://example.com/api/v1/health")
        #expect(PublicAddress(base: "https://example.com/").of("page") == "https://example.com/api/v1/page")
        #expect(PublicAddress(base: "https://example.com/wa").of("page") == "https://example.com/wa/v1/page")
    }
}
