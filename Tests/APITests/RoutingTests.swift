import Testing

@testable import API
@testable import Model

@Suite struct RoutingTests {
    private func outcome(_ method: String, _ target: String) -> String {
        do {
            let path = try RequestPath(target: target)
            switch try Router.match(method: method, path: path.segments) {
            case .options(let methods): return "options \(methods)"
            case .route(let route, let parameters):
                return ([route.method.rawValue] + route.pattern + (parameters["id"].map { [$0] } ?? [])).joined(separator: " ")
            }
        } catch {
            return ["\(error.status)", error.allow].compactMap(\.self).joined(separator: " ")
        }
    }

    @Test(arguments: [
        ("GET", "/api/v1/health", "GET health"), ("HEAD", "/api/v1/health?x=1", "GET health"),
        ("GET", "/api/api.cgi/v1/session/status", "GET session status"), ("GET", "/v1//messages/log/?page=2", "GET messages log"),
        ("GET", "http://host/api/v1/messages/log", "GET messages log"),
        ("GET", "/api/v1/messages/3EB0%41B", "GET messages :id 3EB0AB"), ("GET", "/api/v1/messages/v1", "GET messages :id v1"),
        ("POST", "/api/v1/messages/send-text", "POST messages send-text"),
        ("GET", "/api/v1/messages/send-text", "405 POST, OPTIONS"), ("POST", "/api/v1/messages/log", "405 GET, HEAD, OPTIONS"),
        ("HEAD", "/api/v1/messages/send-text", "405 POST, OPTIONS"), ("DELETE", "/api/v1/messages/5", "405 GET, HEAD, OPTIONS"),
        ("OPTIONS", "/api/v1/session/connect", "options POST, OPTIONS"), ("get", "/api/v1/health", "405 GET, HEAD, OPTIONS"),
        ("GET", "/api/v1", "404"), ("GET", "/api/v1/", "404"), ("GET", "/api/v2/health", "404"), ("GET", "", "404"),
        ("GET", "/api/v1/nothing", "404"), ("OPTIONS", "/api/v1/nothing", "404"), ("GET", "/api/v1/messages/a/b", "404"),
        ("GET", "/api/v1/Health", "404"), ("GET", "/api/v1/messages/%FF", "400"), ("GET", "/api/v1/messages/a%00b", "400"),
        ("GET", "/api/v1/messages/100%", "GET messages :id 100%"), ("GET", "/api/v1/messages/%zz", "GET messages :id %zz"),
        ("GET", "/api/v1/messages/a%2Fb", "GET messages :id a/b"), ("GET", "/api/v1/health?%FF=1", "400"),
    ])
    func everyTargetHasOneAnswer(_ method: String, _ target: String, _ expected: String) {
        #expect(outcome(method, target) == expected)
    }

    @Test func queriesAreDecoded() throws {
        let query = try RequestPath(target: "/v1/x?a=1+2%2B3&b=%D8%B3&c&d=&e=x=y&a=last&l[]=1&l[]=2#f=1").query
        #expect(query["a"] == "last")
        #expect(query["b"] == "س")
        #expect(query["c"] == "")
        #expect(query["d"] == "")
        #expect(query["e"] == "x=y")
        #expect(query["l"] == .array(["1", "2"]))
        #expect(query["f"] == nil)
    }
}
