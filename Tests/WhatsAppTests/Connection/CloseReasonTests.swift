import Testing
@testable import WhatsApp

@Suite struct CloseReasonTests {
    struct Case: CustomTestStringConvertible {
        let node: Node
        let reason: CloseReason
        let next: Reconnection
        var testDescription: String { "\(reason)" }

        static func stream(_ code: String?, _ children: [Node] = [], _ reason: CloseReason, _ next: Reconnection) -> Case {
            var node = Node("stream:error", [:], children)
            node.attributes["code"] = code.map { .text($0) }
            return Case(node: node, reason: reason, next: next)
        }

        static func failure(_ code: Int, _ reason: CloseReason, _ next: Reconnection) -> Case {
            Case(node: Node("failure", ["reason": .text(String(code)), "location": "frc"]), reason: reason, next: next)
        }
    }

    private static let backoff = Reconnection.reconnectAfterBackoff(extraSteps: 0)

    private static let closing: [Case] = [
        .stream("515", [], .restartRequired, .reconnectAtOnce),
        .stream("516", [], .deviceRemoved, .wipeAndStop),
        .stream("401", [Node("conflict", ["type": "device_removed"])], .deviceRemoved, .wipeAndStop),
        .stream("401", [], .deviceRemoved, .wipeAndStop),
        .stream(nil, [Node("conflict", ["type": "replaced"])], .replaced, .stop),
        .stream("409", [], .replaced, .stop),
        .stream("429", [], .rateLimited, .reconnectAfterBackoff(extraSteps: 5)),
        .stream("500", [], .serverTrouble(code: 500), backoff),
        .stream("501", [], .serverTrouble(code: 501), backoff),
        .stream("503", [], .serverTrouble(code: 503), backoff),
        .stream(nil, [Node("xml-not-well-formed")], .notWellFormed, backoff),
        .failure(400, .refused(code: 400), .stop),
        .failure(401, .loggedOut, .wipeAndStop),
        .failure(403, .accountLocked, .wipeAndStop),
        .failure(405, .clientOutdated, .refreshVersionAndRetryOnce),
        .failure(406, .banned, .wipeAndStop),
        .failure(409, .badUserAgent, .stop),
        .failure(413, .refused(code: 413), .stop),
        .failure(414, .refused(code: 414), .stop),
        .failure(415, .refused(code: 415), .stop),
        .failure(418, .refused(code: 418), .stop),
        .failure(500, .serverTrouble(code: 500), backoff),
        .failure(501, .refused(code: 501), .stop),
        .failure(503, .serverTrouble(code: 503), backoff),
        .failure(999, .refused(code: 999), .stop),
        Case(node: Node("failure"), reason: .refused(code: 0), next: .stop),
        Case(
            node: Node("failure", ["reason": "402", "code": "101", "expire": "3600"]),
            reason: .temporarilyBanned(code: 101, expires: 3_600), next: .stopFor(milliseconds: 3_600_000)),
        Case(
            node: Node("failure", ["reason": "402", "expire": "18446744073709551615"]),
            reason: .temporarilyBanned(code: nil, expires: .max), next: .stopFor(milliseconds: 2_592_000_000)),
        Case(node: Node("failure", ["reason": "402"]), reason: .temporarilyBanned(code: nil, expires: nil), next: .stop),
        Case(node: Node("failure", ["reason": "18446744073709551615"]), reason: .refused(code: 0), next: .stop),
    ]

    @Test(arguments: closing)
    func stanzasThatClose(_ example: Case) throws {
        var pair = try ConnectedPair()
        // The whole stanza comes first, for log and event.
        #expect(try pair.serve(example.node) == [.stanza(example.node), .close(example.reason)])
        #expect(example.reason.reconnection == example.next)
        #expect(pair.connection.closeReason == example.reason)
    }

    private static let leftToTheService: [Case] = [
        .stream(nil, [Node("ack", ["class": "message", "id": "3EB0"])], .unacknowledged(stanzaClass: "message", id: "3EB0"), backoff),
        .stream("777", [], .streamError(code: "777"), backoff),
        .stream(nil, [], .streamError(code: ""), backoff),
    ]

    @Test(arguments: leftToTheService)
    func stanzasAfterWhichTheServiceCloses(_ example: Case) throws {
        var pair = try ConnectedPair()
        let actions = try pair.serve(example.node)
        #expect(actions.stanzas == [example.node] && actions.closeReason == nil)
        var ended = pair
        #expect(try ended.serve(Node("xmlstreamend")).closeReason == example.reason)
        #expect(pair.connection.closed() == [.close(example.reason)])
        #expect(example.reason.reconnection == example.next)
    }

    /// Appeals come once, so that the log has to have them.
    @Test func goodbyesAreKeptInFull() {
        let ban = Node("failure", ["reason": "403", "url": "https://a.example/appeal", "logout_message_header": "Locked"])
        #expect(CloseReason.goodbye(ban) == #"<failure reason="403" url="https://a.example/appeal" logout_message_header="Locked"/>"#)
        let removed = Node("stream:error", ["code": "401"], [Node("conflict", ["type": "device_removed"])])
        #expect(CloseReason.goodbye(removed) == #"<stream:error code="401"><conflict type="device_removed"/></stream:error>"#)
        #expect(CloseReason.goodbye(Node("success")) == nil)
        let long = Node("failure", ["reason": .text(String(repeating: "x", count: 100_000))], [Node](repeating: Node("a"), count: 1_000))
        #expect(CloseReason.goodbye(long)?.utf8.count == 4_096)
    }

    @Test func endOfStream() throws {
        var pair = try ConnectedPair()
        #expect(try pair.serve(Node("xmlstreamend")) == [.close(.streamEnded)])
    }

    @Test func reconnectionWithoutStanza() {
        #expect(CloseReason.requested.reconnection == .stop)
        for reason: CloseReason in [
            .lost, .streamEnded, .timedOut(.dial), .timedOut(.handshake), .timedOut(.login), .timedOut(.keepalive),
            .frame(.tooLong(bytes: 1)), .transport(.undecryptable(.frame)), .handshake(.undecryptable(.serverStatic)),
        ] {
            #expect(reason.reconnection == Self.backoff, "\(reason)")
        }
    }
}
