import Model
import Signal
import Store
import Synchronization
import Testing
import WhatsApp

@testable import Daemon

/// A session on services that are legitimate, but other than the sandbox: terse, forgetful, talkative.
struct ServiceVariantTests {
    private static let success = Node("success", ["t": "1790000000"])

    private func session(_ script: @escaping ScriptedService.Script = { _ in nil }) throws -> ScriptedSession {
        try ScriptedSession(ScriptedService(welcome: { _ in [Self.success] }, script: script))
    }

    private static func error(_ node: Node, _ code: String) -> [Node] {
        [Node("iq", ["type": "error", "id": node.attributes["id"] ?? ""], [Node("error", ["code": .text(code), "text": "no"])])]
    }

    @Test func aLoginNeedsNothingButSuccess() async throws {
        // No LID in the success, errors for every query, silence for the digest.
        let session = try session { node in
            node.tag == "iq" && node.child("digest") == nil && node.child("ping") == nil ? Self.error(node, "501") : nil
        }
        #expect(try await session.connected())
        #expect(await session.service.next("iq") { $0.child("active") != nil } != nil)
        try await session.stop()
    }

    /// Some services say success to everybody; a client without account has nothing to log in to.
    @Test func aGreetingBeforeTheCodesIsNoLogin() async throws {
        let codes = Node("iq", ["id": "pair", "type": "set", "from": "s.whatsapp.net", "xmlns": "md"], [
            Node("pair-device", [:], [Node("ref", text: "one"), Node("ref", text: "two")])
        ])
        let session = try ScriptedSession(ScriptedService(welcome: { _ in [Self.success, codes] }), isLinked: false)
        #expect(try await session.wait { try $0.sessions.find(id: 1)?.status == .qrReady })
        let said = await session.service.untilPong()
        #expect(said.map { $0.string("id") } == ["pair"], "\(said)")
        try await session.stop()
    }

    @Test func theDeviceOfTheOwnLIDIsOurs() async throws {
        let welcome = Node("success", ["t": "1790000000", "lid": "1001@lid"])
        let session = try ScriptedSession(ScriptedService(welcome: { _ in [welcome] }))
        #expect(try await session.connected())
        #expect(try session.database().sessions.find(id: 1)?.lid == ScriptedSession.lid)
        try await session.stop()
    }

    @Test func everyNotificationReceiptAndCallIsAcknowledgedOnce() async throws {
        let session = try session()
        #expect(try await session.connected())
        let stanzas = Self.newsOfEveryKind
        for stanza in stanzas { session.service.send(stanza) }
        let acks = await session.service.untilPong().filter { $0.tag == "ack" }
        #expect(acks.count == stanzas.count)
        for stanza in stanzas {
            let mine = acks.filter { $0.string("id") == stanza.string("id") }
            #expect(mine.count == 1, "\(stanza)")
            guard let ack = mine.first else { continue }
            #expect(ack.string("class") == stanza.tag)
            #expect(ack.string("to") == stanza.string("from"))
            #expect(ack.string("participant") == stanza.string("participant"))
            let isIdentityChange = stanza.child("identity") != nil
            #expect(ack.string("type") == (isIdentityChange ? nil : stanza.string("type")), "\(stanza)")
        }
        try await session.stop()
    }

    private static let newsOfEveryKind: [Node] = {
        let peer = JID(user: "96890000002", server: .phoneNumber)
        let types = [
            "encrypt", "devices", "account_sync", "server_sync", "picture", "privacy_token", "w:gp2", "mediaretry", "newsletter", "mex",
            "status", "psa", "business", "link_code_companion_reg", "companion_reg_refresh", "registration", "", "never heard of",
        ]
        var nodes = types.enumerated().map { index, type in
            Node("notification", ["id": "n\(index)", "type": .text(type), "from": index.isMultiple(of: 2) ? .jid(peer) : .jid(.service)])
        }
        nodes.append(Node("notification", ["id": "identity", "type": "encrypt", "from": .jid(peer)], [Node("identity")]))
        nodes.append(Node("notification", ["id": "count", "type": "encrypt", "from": "s.whatsapp.net"], [Node("count", ["value": "200"])]))
        nodes.append(
            Node("notification", ["id": "add", "type": "devices", "from": "96890000002@s.whatsapp.net"], [Node("add", ["device_hash": "2:x"])]))
        nodes.append(
            Node("notification", ["id": "own", "type": "account_sync", "from": .jid(ScriptedSession.number.bare)], [Node("devices", ["dhash": "2:x"])]))
        nodes.append(
            Node("notification", ["id": "gp", "type": "w:gp2", "from": "1-2@g.us", "participant": .jid(peer)], [Node("subject", ["subject": "x"])]))
        for (index, type) in ["read", "inactive", "retry", "sender", "peer_msg", "hist_sync", "server-error", "odd"].enumerated() {
            nodes.append(Node("receipt", ["id": "r\(index)", "type": .text(type), "from": .jid(peer.withDevice(2)), "t": "1790000001"]))
        }
        nodes.append(Node("receipt", ["id": "plain", "from": .jid(peer)]))
        nodes.append(Node("receipt", ["id": "group", "from": "1-2@g.us"], [Node("participants", ["key": "A"], [Node("user", ["jid": .jid(peer)])])]))
        nodes.append(Node("receipt", ["id": "many", "type": "read", "from": .jid(peer)], [Node("list", [:], [Node("item", ["id": "B"])])]))
        for (index, kind) in ["offer", "offer_notice", "terminate", "relaylatency", "transport", "reject", "unheard"].enumerated() {
            nodes.append(
                Node("call", ["id": "c\(index)", "from": .jid(peer), "t": "1790000001"], [Node(kind, ["call-id": "X", "call-creator": .jid(peer)])]))
        }
        nodes.append(Node("call", ["id": "empty", "from": "2002@lid"]))
        return nodes
    }()

    @Test func unknownTalkOfTheServiceDoesNoHarm() async throws {
        let session = try session()
        #expect(try await session.connected())
        for node in [
            Node("ib", [:], [Node("unheard", ["of": "1"]), Node("dirty", ["type": "groups"]), Node("edge_routing", [:], [])]),
            Node("ib"), Node("iq", ["id": "77", "type": "set", "xmlns": "unheard", "from": .jid(.service)], [Node("x")]),
            Node("iq", ["id": "78", "type": "result"]), Node("presence", ["from": "2002@lid"]), Node("success"), Node("unheard"),
            Node("chatstate", ["from": "2002@lid"], [Node("composing")]), Node("stream:error", ["code": "599"]),
            Node("message", ["id": "M1", "from": "123@newsletter", "t": "1", "server_id": "5"], [Node("plaintext", bytes: [1])]),
            Node("message", ["id": "M2", "from": "96890000002@s.whatsapp.net", "type": "text"]),
        ] { session.service.send(node) }
        let said = await session.service.untilPong()
        #expect(said.filter { $0.tag == "ack" }.compactMap { $0.string("id") } == ["M1", "M2"])
        try await session.stop()
    }

    @Test func aQueueLongerThanABatchIsAskedForAgain() async throws {
        let session = try session()
        #expect(try await session.connected())
        session.service.send(Node("ib", [:], [Node("offline_preview", ["count": "450"])]))
        for number in 0..<400 {
            session.service.send(
                Node("notification", ["id": "o\(number)", "type": "status", "from": "2002@lid", "offline": .text(String(number))]))
        }
        let batches = await session.service.untilPong().filter { $0.child("offline_batch") != nil }
        #expect(batches.count == 3)
        try await session.stop()
    }

    @Test(arguments: ["515", "503", "500", ""])
    func afterATroubledStreamComesAnotherLogin(_ code: String) async throws {
        let session = try session()
        #expect(try await session.connected())
        #expect(await session.service.arrivals.next() == .login)
        if code.isEmpty { session.service.drop() } else { session.service.send(Node("stream:error", ["code": .text(code)])) }
        #expect(await session.service.arrivals.next() == .login)
        try await session.stop()
    }

    @Test func routingThatLeadsNowhereIsForgotten() async throws {
        let (welcome, session) = try Self.startWithRouting()
        #expect(try await session.connected())
        session.service.send(Node("ib", [:], [Node("edge_routing", [:], [Node("routing_info", bytes: [8, 9])])]))
        _ = await session.service.untilPong()
        #expect(try session.database().credentials.load(session: 1)?.routingInfo == [8, 9])
        // From now on there is no success: the service closes at once.
        welcome.withLock { $0 = [Node("xmlstreamend")] }
        session.service.drop()
        #expect(await session.service.arrivals.next() == .login)
        #expect(await session.service.arrivals.next() == .login)
        #expect(await session.service.arrivals.next() == .login)
        #expect(try session.database().credentials.load(session: 1)?.routingInfo == nil)
        try await session.stop()
    }

    private static func startWithRouting() throws -> (Script, ScriptedSession) {
        let script = Script([success])
        return (script, try ScriptedSession(ScriptedService(welcome: { _ in script.withLock { $0 } })))
    }

    /// What the service says first; changed while the test runs.
    private final class Script: Sendable {
        private let nodes: Mutex<[Node]>
        init(_ nodes: [Node]) { self.nodes = Mutex(nodes) }
        func withLock<Result: Sendable>(_ body: (inout sending [Node]) -> sending Result) -> Result { nodes.withLock(body) }
    }

    /// A ban for a time is no end: the session stays, nothing is tried before, and then all goes on by itself.
    @Test func aBanIsWaitedFor() async throws {
        let (welcome, session) = try Self.startWithRouting()
        #expect(try await session.connected())
        #expect(await session.service.arrivals.next() == .login)
        let words = ["reason": "402", "code": "101", "expire": "2", "location": "frc", "url": "https://wa.example/appeal"] as Attributes
        welcome.withLock { $0 = [Node("failure", words)] }
        session.service.drop()
        #expect(await session.service.arrivals.next() == .login)
        #expect(try await session.wait { try $0.sessions.find(id: 1)?.reason == .banned })
        welcome.withLock { $0 = [Self.success] }
        let told = try session.database().run(
            "SELECT body FROM wa_webhook_deliveries WHERE event = 'connection.disconnected' ORDER BY id"
        ).rows.map { try $0.text("body") }
        #expect(told.count == 2 && told.first?.contains("\"reason\":\"connection_lost\"}") == true)
        #expect(told.last?.contains(#""reason":"banned","details":"<failure reason=\"402\""#) == true, "its own words: \(told)")
        #expect(told.last?.contains("https://wa.example/appeal") == true)
        let refused = ContinuousClock.now
        #expect(await session.service.arrivals.next() == .login)
        #expect(ContinuousClock.now - refused > .seconds(1))
        #expect(try await session.connected())
        #expect(try session.database().credentials.load(session: 1)?.account != nil)
        try await session.stop()
    }

    @Test func aRemovedDeviceIsWipedAndStays() async throws {
        let session = try session()
        #expect(try await session.connected())
        session.service.send(Node("stream:error", ["code": "401"], [Node("conflict", ["type": "device_removed"])]))
        #expect(try await session.wait { try $0.sessions.find(id: 1)?.reason == .loggedOut })
        #expect(try session.database().credentials.load(session: 1)?.account == nil)
        try await session.stop()
    }

    @Test func anotherProcessWithTheseKeysIsNotFought() async throws {
        let session = try session()
        #expect(try await session.connected())
        session.service.send(Node("stream:error", [:], [Node("conflict", ["type": "replaced"])]))
        #expect(try await session.wait { try $0.sessions.find(id: 1)?.reason == .replaced })
        #expect(try session.database().credentials.load(session: 1)?.account != nil)
        try await session.stop()
    }
}
