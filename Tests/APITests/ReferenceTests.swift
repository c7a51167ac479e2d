import Testing

@testable import API
@testable import Model

/// `docs/openapi.yaml` and the router's table say the same.
@Suite struct ReferenceTests {
    private struct Described: Hashable, Comparable, CustomStringConvertible {
        let description: String
        init(_ method: String, _ path: String, permission: String?, limit: String) {
            description = "\(method) \(path) \(permission ?? "-") \(limit)"
        }
        static func < (one: Described, other: Described) -> Bool { one.description < other.description }
    }

    private static func document() throws -> JSONValue { try JSONParser.parse(OpenAPIDocument.text) }

    @Test func everyRouteIsDescribedAndNothingElse() throws {
        let described = try Self.members(Self.document(), "paths").flatMap { path in
            Self.members(path.value).map { operation in
                Described(
                    operation.key.uppercased(), path.key, permission: Self.text(operation.value, "x-permission"),
                    limit: Self.text(operation.value, "x-limit") ?? "")
            }
        }
        let routed = Router.table.map { route in
            let path = route.pattern.map { "/" + ($0.hasPrefix(":") ? "{\($0.dropFirst())}" : $0) }.joined()
            return switch route.handler {
            case .keyed(let permission, let limit, _):
                Described(route.method.rawValue, path, permission: permission.rawValue, limit: limit.rawValue)
            case .download(let permission, let limit, _):
                Described(route.method.rawValue, path, permission: permission.rawValue, limit: limit.rawValue)
            case .open, .page, .link: Described(route.method.rawValue, path, permission: nil, limit: "none")
            }
        }
        #expect(Set(routed).subtracting(described).sorted() == [], "routes that docs/openapi.yaml does not describe so")
        #expect(Set(described).subtracting(routed).sorted() == [], "described in docs/openapi.yaml, but not routed so")
        #expect(Set(described).count == described.count)
    }

    @Test func onlyCallsWithAKeyAskForOne() throws {
        for path in Self.members(try Self.document(), "paths") {
            for operation in Self.members(path.value) {
                let needsNone = Self.members(operation.value).contains { $0.key == "security" && $0.value == .array([]) }
                #expect(needsNone == (Self.text(operation.value, "x-permission") == nil), "\(operation.key) \(path.key)")
            }
        }
    }

    @Test func theAddressIsTheInstallationsOwn() throws {
        for (base, address) in [
            ("https://shop.example", "https://shop.example/api/v1"), ("https://shop.example/wa/", "https://shop.example/wa/v1"),
            ("https://shop.example/'<script>", "https://your-domain.com/api/v1"),
        ] {
            let world = try World(configuration: "public.base_url = \(base)")
            for path in ["openapi", "docs"] {
                let text = try Self.body(of: world.service.answer(Request(method: "GET", target: "/api/v1/\(path)")))
                #expect(text.contains("\(address)/messages/send-text") || text.contains("\"url\": \"\(address)\""))
                #expect(!text.contains("<script>"))
            }
        }
    }

    @Test func thePageLoadsNothingFromElsewhere() throws {
        let world = try World()
        let response = world.service.answer(Request(method: "GET", target: "/api/v1/docs"))
        let html = try Self.body(of: response)
        #expect(response.status == 200 && response[header: "Content-Type"] == "text/html; charset=utf-8")
        #expect(!html.contains("NONCE"))
        for loading in ["<script", "<link", "<img", "<iframe", "@import", "url(", " style=\"", " onclick="] { #expect(!html.contains(loading)) }
        #expect(html.contains("<style nonce=\"") && response[header: "Content-Security-Policy"]?.contains("default-src 'none'") == true)
    }

    private static func body(of response: Response) throws -> String {
        guard case .bytes(let bytes) = response.body else { throw BodyStream.WrongLength() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func members(_ value: JSONValue, _ key: String? = nil) -> [JSONMember] {
        guard case .object(let members) = value else { return [] }
        guard let key else { return members }
        return members.first { $0.key == key }.map { Self.members($0.value) } ?? []
    }

    private static func text(_ value: JSONValue, _ key: String) -> String? {
        guard case .string(let text)? = members(value).first(where: { $0.key == key })?.value else { return nil }
        return text
    }
}
