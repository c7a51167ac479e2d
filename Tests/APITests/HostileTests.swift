import Testing

@testable import API
@testable import Model

/// Requests that nobody means well with: whatever comes, there is an answer with an envelope, and the next request is answered too.
@Suite struct HostileTests {
    /// Repeats the same numbers in every run (splitmix64).
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let pieces = [
        "{", "}", "[", "]", "\"", ":", ",", "to", "message", "96891234567", "null", "1e999", "-0", "\\u0000", "\\ud800", "%00", "%FF", "%", "+", "&",
        "=", "/", "//", "?", "#", "..", "v1", "\u{0}", "\r\n", "😀", "\u{202E}", "' OR 1=1", "--B", "Content-Disposition: form-data; name=\"to\"",
        "99999999999999999999", "@g.us", "@", String(repeating: "9", count: 300),
    ]

    private func text(_ rng: inout Seeded) -> String {
        (0..<Int.random(in: 0...12, using: &rng)).map { _ in Self.pieces.randomElement(using: &rng) ?? "" }.joined()
    }

    @Test func anythingIsAnswered() throws {
        let world = try World()
        try world.connectSession()
        try world.startDaemon { _ in nil }
        try world.database.sql("UPDATE wa_api_keys SET daily_limit = 0, general_limit = 0, send_limit = 0")
        var rng = Seeded(state: 42)
        let paths = ["messages/send-text", "messages/log?", "messages/", "session/connect", "session/logout", ""]
        let types = ["application/json", "multipart/form-data; boundary=B", "application/x-www-form-urlencoded", "", "\u{0};;=\""]
        let answered: Set = [200, 400, 404, 405, 413, 415, 500, 503]
        for _ in 0..<400 {
            var target = paths.randomElement(using: &rng) ?? ""
            if Bool.random(using: &rng) { target += text(&rng) }
            let headers = ["content-type": types.randomElement(using: &rng) ?? "", "idempotency-key": "k\(rng.next() % 1_000_000)", "x-forwarded-for": text(&rng)]
            let answer = world.call(["GET", "POST", "\u{0}"].randomElement(using: &rng) ?? "GET", target, text(&rng), headers: headers)
            #expect(answered.contains(answer.status))
            #expect(answer["success"] == .bool(answer.status == 200))
            #expect(answer.code != "internal_error", "\(target.debugDescription): \(world.logged.last ?? "")")
        }
        #expect(world.call("GET", "session/status").status == 200)
    }
}
