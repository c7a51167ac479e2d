import Model
import Signal
import Store
import Testing
import WhatsApp

@testable import Daemon

/// Messages that one side could not read, in both directions, with the real code and rows of both sides.
@Suite struct RetryTests {
    private let both: TwoSessions
    private let alices = JID(user: "1001", server: .lid, device: 3)
    private let bobs = JID(user: "2002", server: .lid, device: 3)

    init() throws {
        both = try TwoSessions()
        // Sending has looked this up.
        _ = try both.database.contacts.resolve(ContactAddress(phoneNumber: "96890000002", lid: "2002"), session: both.aliceID)
    }

    // MARK: Steps

    /// Bob can not read a message; gives the receipt that asks for it.
    private func ask(_ stanza: Node) throws -> Node? {
        guard case .unreadable(let reason, let count, let keys) = try both.receive(stanza).outcome else { return nil }
        let own = try #require(both.bob.own)
        return RetryReceipt.node(
            for: try IncomingMessage(stanza, own: own, now: SystemClock.now()), stanza: stanza, count: count, reason: reason,
            registrationID: both.bob.registrationID, keys: keys)
    }

    /// A receipt of Bob's as the service passes it on to Alice.
    private func passedOn(_ receipt: Node) -> Node {
        var node = receipt
        node.attributes["to"] = nil
        node.attributes["from"] = .jid(bobs)
        return node
    }

    private func subject(_ receipt: Node) throws -> (request: RetryRequest, subject: RetrySubject?) {
        let own = try #require(both.alice.own)
        let request = try RetryRequest(receipt, own: own)
        return (request, try RetrySubject(request, account: both.alice, own: own, in: both.database, session: both.aliceID))
    }

    /// Alice sends the message again; `fetched` stands for the keys that the service would hand out.
    private func serve(_ receipt: Node, fetched: PreKeyBundle? = nil, at now: Timestamp? = nil) throws -> Node {
        let (request, found) = try subject(receipt)
        let subject = try #require(found)
        let repair = SessionRepair(
            count: request.count, registrationID: request.registrationID, hasKeys: request.keys != nil, situation: subject.situation,
            now: now ?? both.now)
        let bundle: PreKeyBundle? =
            switch repair.start {
            case .none: nil
            case .withSentKeys: request.keys?.bundle
            case .withFetchedKeys: fetched
            }
        let resend = Resend(
            messageID: request.messageID, kept: subject.message, content: .recipient, device: subject.device,
            destination: ResentMessageStanza.destination(answering: receipt), timestamp: request.timestamp, count: request.count,
            forgetsSession: repair.forgets, bundle: bundle, isFetched: repair.start == .withFetchedKeys, account: both.alice,
            own: try #require(both.alice.own), session: both.aliceID, now: now ?? both.now)
        return try both.database.transaction { try resend.run(in: both.database) }
    }

    /// A copy for Bob's device as the service passes it on.
    private func delivered(_ copy: Node) -> Node {
        Node(
            "message",
            [
                "id": copy.attributes["id"] ?? "", "from": .jid(alices), "t": "1790000001",
                "sender_pn": .jid(JID(user: "96890000001", server: .phoneNumber)), "notify": "Alice",
            ], copy.children)
    }

    private func forgetBobsSessions() throws {
        _ = try both.database.run("DELETE FROM wa_signal_sessions WHERE session_id = ?", [.integer(both.bobID)])
    }

    /// A message that Bob has read, after which Alice's session is known to stand: what follows is of type `msg`.
    private func converse() throws {
        _ = try both.receive(both.delivered(both.send("hello", id: "3EB000", bundle: both.bundleOfBob())))
        var random = SystemRandomNumberGenerator()
        try both.database.transaction {
            var bob = DatabaseSignalStore(database: both.database, session: both.bobID, account: both.bob)
            let answer = try SessionCipher.encrypt([1, 1], to: SignalAddress(alices), in: &bob)
            var alice = DatabaseSignalStore(database: both.database, session: both.aliceID, account: both.alice)
            _ = try SessionCipher.decrypt(answer, from: SignalAddress(bobs), in: &alice, using: &random)
        }
    }

    // MARK: Both directions

    @Test func whoLostTheSessionGetsTheMessageWithTheSecondRequest() throws {
        try converse()
        try forgetBobsSessions()
        let lost = try both.delivered(both.send("again", id: "3EB0A1", bundle: nil))
        #expect(lost.child("enc")?.string("type") == "msg")

        let first = try passedOn(#require(try ask(lost)))
        #expect(first.child("retry")?.string("count") == "1")
        #expect(first.child("keys") == nil)
        let firstCopy = try serve(first)
        #expect(firstCopy.child("enc")?.string("type") == "msg", "the session that stands is tried first")

        let second = try passedOn(#require(try ask(delivered(firstCopy))))
        #expect(second.child("retry")?.string("count") == "2")
        #expect(second.child("keys") != nil)
        let copy = try serve(second)
        #expect(copy.child("enc")?.string("type") == "pkmsg")
        #expect(copy.child("enc")?.string("count") == "2")
        #expect(copy.string("device_fanout") == "false")
        #expect(copy.jid("to") == bobs)
        #expect(copy.string("t") == "1790000001")
        #expect(copy.child("device-identity")?.bytes == [1, 2, 3])
        #expect(copy.child("participants") == nil)

        let (_, events) = try both.receive(delivered(copy))
        #expect(events.map(\.name) == [.messageReceived])
        let log = try both.bobsLog()
        #expect(log.count == 2)
        #expect(log.last?.1 == "again")
        #expect(log.last?.2 == nil)
        #expect(try both.receive(delivered(copy)).events.isEmpty, "the copy of a copy is no news")
    }

    @Test func theRowKeepsItsPlaceWhileLaterMessagesArrive() throws {
        try converse()
        let early = try both.send("early", id: "3EB0B1", bundle: nil)
        var broken = try both.delivered(early)
        broken.content = .nodes([Node("enc", ["v": "2", "type": "msg"], bytes: [0x33] + [UInt8](repeating: 9, count: 60))])
        let request = try passedOn(#require(try ask(broken)))
        _ = try both.receive(both.delivered(both.send("late", id: "3EB0B2", bundle: nil)))
        _ = try both.receive(delivered(serve(request)))
        #expect(try both.bobsLog().map(\.1) == ["hello", "early", "late"])
    }

    @Test func anotherInstallationGetsANewSession() throws {
        try converse()
        let stanza = try both.send("new phone", id: "3EB0C1", bundle: nil)
        try forgetBobsSessions()
        var request = try passedOn(#require(try ask(both.delivered(stanza))))
        request.content = .nodes(
            request.children.map { $0.tag == "registration" ? Node("registration", bytes: [0, 0, 9, 9]) : $0 })
        let copy = try serve(request, fetched: both.bundleOfBob())
        #expect(copy.child("enc")?.string("type") == "pkmsg")
        #expect(try both.receive(delivered(copy)).events.map(\.name) == [.messageReceived])
    }

    // MARK: Limits

    @Test func requestsOfOursAreCountedInTheDatabaseAndEndAfterFive() throws {
        try converse()
        var broken = try both.delivered(both.send("never", id: "3EB0D1", bundle: nil))
        // The sender does not say how often it has sent the message.
        broken.content = .nodes([Node("enc", ["v": "2", "type": "msg"], bytes: [0x33] + [UInt8](repeating: 9, count: 60))])
        var counts: [String?] = []
        for _ in 0..<5 { counts.append(try ask(broken)?.child("retry")?.string("count")) }
        #expect(counts == ["1", "2", "3", "4", "5"])
        #expect(try ask(broken) == nil)
        guard case .acknowledged = try both.receive(broken).outcome else {
            Issue.record("the sixth is not acknowledged")
            return
        }
        #expect(try both.bobsLog().count == 2)
    }

    @Test func eachRequestBringsAKeyOfItsOwn() throws {
        try converse()
        var broken = try both.delivered(both.send("x", id: "3EB0D2", bundle: nil))
        broken.content = .nodes([Node("enc", ["v": "2", "type": "msg", "count": "1"], bytes: [0x33] + [UInt8](repeating: 9, count: 60))])
        let keys = try (0..<2).map { _ in try #require(try ask(broken)?.child("keys")?.child("key")?.child("id")?.bytes) }
        #expect(Set(keys).count == 2)
    }

    @Test func whatWasReadIsNotAskedForAgain() throws {
        try converse()
        let node = try both.delivered(both.send("read", id: "3EB0D3", bundle: nil))
        _ = try both.receive(node)
        try forgetBobsSessions()
        #expect(try ask(node) == nil)
        guard case .accepted = try both.receive(node).outcome else {
            Issue.record("a repeated message is not acknowledged as read")
            return
        }
    }

    @Test func copiesAreCountedForEachDeviceAndMessage() throws {
        try converse()
        let node = try both.delivered(both.send("counted", id: "3EB0D4", bundle: nil))
        try forgetBobsSessions()
        let request = try passedOn(#require(try ask(node)))
        for attempt in 1...3 {
            _ = try serve(request)
            #expect(try subject(request).subject?.situation.served?.attempts == attempt)
        }
    }

    @Test(arguments: [(5, 0, true), (6, 0, false), (1, 9, true), (1, 10, false)])
    func aDeviceThatAsksTooOftenGetsNothing(count: Int, copies: Int, isServed: Bool) throws {
        try converse()
        let node = try both.delivered(both.send("often", id: "3EB0D6", bundle: nil))
        try forgetBobsSessions()
        var request = try passedOn(#require(try ask(node)))
        request.content = .nodes(
            request.children.map { $0.tag == "retry" ? Node("retry", ["id": "3EB0D6", "count": .text("\(count)"), "t": "1"]) : $0 })
        for _ in 0..<copies {
            try both.database.retries.serve(
                device: SignalAddress(bobs).description, messageID: "3EB0D6", baseKey: nil, isRecreated: false, now: both.now,
                session: both.aliceID)
        }
        #expect(try (subject(request).subject != nil) == isServed)
    }

    @Test func fetchedKeysAreRemembered() throws {
        try converse()
        let node = try both.delivered(both.send("fetched", id: "3EB0D5", bundle: nil))
        try forgetBobsSessions()
        var request = try passedOn(#require(try ask(node)))
        request.content = .nodes(
            request.children.map { $0.tag == "retry" ? Node("retry", ["id": "3EB0D5", "count": "2", "t": "1"]) : $0 })
        _ = try serve(request, fetched: both.bundleOfBob())
        let situation = try #require(try subject(request).subject?.situation)
        #expect(situation.lastRecreated == both.now)
        #expect(situation.served?.baseKey == situation.baseKey?.bytes, "the second request notes the session")
    }

    // MARK: Who may ask

    @Test func theMessageIsFoundUnderEitherNameOfTheChat() throws {
        try converse()
        let node = try both.delivered(both.send("names", id: "3EB0E1", bundle: nil))
        try forgetBobsSessions()
        var request = try passedOn(#require(try ask(node)))
        for from in [bobs, JID(user: "96890000002", server: .phoneNumber, device: 3)] {
            request.attributes["from"] = .jid(from)
            #expect(try subject(request).subject?.device == bobs)
        }
    }

    @Test func strangersAndUnknownMessagesGetNothing() throws {
        try converse()
        let node = try both.delivered(both.send("private", id: "3EB0E2", bundle: nil))
        try forgetBobsSessions()
        let request = try passedOn(#require(try ask(node)))
        var stranger = request
        stranger.attributes["from"] = .jid(JID(user: "666", server: .lid))
        #expect(try subject(stranger).subject == nil)
        var unknown = request
        unknown.content = .nodes(request.children.map { $0.tag == "retry" ? Node("retry", ["id": "3EB0FF", "count": "1", "t": "1"]) : $0 })
        #expect(try subject(unknown).subject == nil)
    }

    @Test func theOwnPhoneGetsItsCopyAsOne() throws {
        try converse()
        _ = try both.send("for my phone", id: "3EB0E3", bundle: nil)
        let phone = JID(user: "1001", server: .lid)
        let receipt = Node(
            "receipt", ["id": "3EB0E3", "from": .jid(phone), "type": "retry", "recipient": .jid(bobs.bare)],
            [Node("retry", ["id": "3EB0E3", "count": "1", "t": "1790000000", "v": "1"]), Node("registration", bytes: [0, 0, 0, 5])])
        let (request, found) = try subject(receipt)
        let subject = try #require(found)
        #expect(request.isFromMe)
        #expect(request.chat == bobs.bare)
        #expect(subject.device == phone)
        let plaintext = try subject.message.forOwnDevice(destination: request.chat)
        let content = try MessageContent(plaintext, isFromMe: true, isFromOwnPhone: false)
        #expect(content.destination == bobs.bare)
        #expect(ResentMessageStanza.destination(answering: receipt)["recipient"]?.jid == bobs.bare)
    }

    @Test(arguments: [
        Node("receipt", ["id": "1", "from": "2002@lid", "type": "retry"]),
        Node("receipt", ["id": "1", "from": "2002@lid", "type": "retry"], [Node("retry", ["id": "", "count": "1"])]),
        Node("receipt", ["id": "1", "from": "2002@lid", "type": "retry"], [Node("retry", ["id": "1", "count": "0"])]),
        Node("receipt", ["id": "1", "from": "2002@lid", "type": "retry"], [Node("retry", ["id": "1"]), Node("keys", [:], [])]),
        Node("receipt", ["id": "1", "from": "123@g.us", "type": "retry"], [Node("retry", ["id": "1"])]),
    ])
    func unusableRequestsAreRefused(node: Node) throws {
        let own = try #require(both.alice.own)
        #expect(throws: StanzaError.self) { try RetryRequest(node, own: own) }
    }

    // MARK: Damage

    @Test func aDamagedRecordCountsAsNone() throws {
        try converse()
        _ = try both.database.run(
            "UPDATE wa_signal_sessions SET record = REVERSE(record) WHERE session_id = ?", [.integer(both.bobID)])
        let receipt = try ask(both.delivered(both.send("damaged", id: "3EB0F1", bundle: nil)))
        #expect(receipt?.child("retry")?.string("error") == "1")
    }

    @Test func aNewRegistrationRetiresTheSessionAndLateMessagesAreRead() throws {
        try converse()
        let late = try both.delivered(both.send("late", id: "3EB0F2", bundle: nil))
        try both.database.transaction {
            var store = DatabaseSignalStore(database: both.database, session: both.bobID, account: both.bob)
            try store.retireSessions(ofUser: SignalAddress(alices).name)
            #expect(try !SessionCipher.hasSession(for: SignalAddress(alices), in: store))
            #expect(try store.identity(for: SignalAddress(alices)) == nil)
        }
        #expect(try both.receive(late).events.map(\.name) == [.messageReceived])
    }
}
