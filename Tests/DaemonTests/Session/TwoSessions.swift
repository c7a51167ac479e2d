import CryptoPrimitives
import Model
import Signal
import Store
import TestDatabase
import Testing
import WhatsApp

@testable import Daemon

/// Two numbers in one database, so that each end of a conversation is the real code with rows of its own.
struct TwoSessions {
    let database: Database
    let alice: Account
    let bob: Account
    let aliceID: Int64
    let bobID: Int64
    let now = Timestamp(seconds: 1_790_000_000)

    init() throws {
        database = try Database(DatabaseServer.freshDatabase(), sealer: Sealer(key: DatabaseServer.testKey))
        aliceID = try database.sessions.add(name: "alice")
        bobID = try database.sessions.add(name: "bob")
        alice = try Self.account(number: "96890000001", lid: "1001", session: aliceID, in: database)
        bob = try Self.account(number: "96890000002", lid: "2002", session: bobID, in: database)
        _ = try database.webhooks.add(url: "http://127.0.0.1:9/hook")
    }

    static func account(number: String, lid: String, session: Int64, in database: Database) throws -> Account {
        var random = SystemRandomNumberGenerator()
        let identity = KeyPair.generate(using: &random)
        let account = Account(
            noise: .generate(using: &random), identity: identity, registrationID: 77, pairingSecret: Random.bytes(32, using: &random),
            signedPreKey: .generate(id: 1, identity: identity, using: &random), proof: [1, 2, 3],
            own: OwnAddresses(
                phoneNumber: JID(user: number, server: .phoneNumber, device: 3), lid: JID(user: lid, server: .lid, device: 3)))
        try account.insert(into: database, session: session)
        return account
    }

    /// What the service would hand out of Bob's keys.
    func bundleOfBob() throws -> PreKeyBundle {
        let key = try #require(try PreKeyStock(database: database, session: bobID).offer(1).first)
        return PreKeyBundle(
            registrationID: bob.registrationID, identity: bob.identity.publicKey, signedPreKeyID: bob.signedPreKey.id,
            signedPreKey: bob.signedPreKey.keyPair.publicKey, signedPreKeySignature: bob.signedPreKey.signature,
            preKey: (key.id, key.keyPair.publicKey))
    }

    /// A message of Alice's as an outbox row, and its stanza.
    func send(_ text: String, id: String, bundle: PreKeyBundle?, devices: [JID]? = nil) throws -> Node {
        let bobs = JID(user: "2002", server: .lid, device: 3)
        let message = OutgoingMessage(to: JID(user: "96890000002", server: .phoneNumber), .text(text))
        guard
            case .stored(let row) = try database.outbox.enqueue(
                NewOutboxRow(
                    sessionID: aliceID, ownJID: alice.own?.phoneNumber, to: message.recipient, messageID: id, kind: "text",
                    payload: CanonicalJSON.text(message.payload), type: .text, content: text), now: now)
        else { throw StoreError.duplicate }
        let dispatch = Dispatch(
            message: message, messageID: id, messageRowID: try #require(row.messageRowID), outboxID: row.id,
            target: SendTarget(address: bobs.bare, phoneNumber: message.recipient), devices: devices ?? [bobs],
            bundles: bundle.map { [bobs: $0] } ?? [:], account: alice, own: try #require(alice.own), session: aliceID,
            contactID: try #require(row.contactID), now: now)
        return try database.transaction { try dispatch.run(in: database).node }
    }

    /// The stanza as the service would pass it on to Bob's device.
    func delivered(_ stanza: Node) throws -> Node {
        let copy = try #require(stanza.child("participants")?.children("to").first { $0.jid("jid")?.user == "2002" })
        return Node(
            "message",
            [
                "id": stanza.attributes["id"] ?? "", "from": .jid(JID(user: "1001", server: .lid, device: 3)), "t": "1790000000",
                "sender_pn": .jid(JID(user: "96890000001", server: .phoneNumber)), "notify": "Alice",
            ], copy.children)
    }

    static func links() throws -> MediaLinks {
        MediaLinks(try #require(SecretKey(bytes: [UInt8](repeating: 1, count: 32))), base: "https://site.example")
    }

    /// Bob takes it in; gives the outcome and the events.
    func receive(_ node: Node) throws -> (outcome: ReceptionOutcome, events: [Event]) {
        let own = try #require(bob.own)
        let message = try IncomingMessage(node, own: own, now: now)
        var events: [Event] = []
        let outcome = try database.transaction {
            try Reception(
                message: message, account: bob, own: own, session: bobID, now: now, database: database, links: Self.links(),
                enqueue: { events.append($0) }
            ).run()
        }
        return (outcome, events)
    }

    func bobsLog() throws -> [(MessageType, String?, String?)] {
        try database.run(
            "SELECT message_id FROM wa_messages WHERE session_id = ? ORDER BY id", [.integer(bobID)]
        ).rows.compactMap { row in
            try database.messages.find(row.text("message_id"), session: bobID).map { ($0.type, $0.content, $0.errorCode) }
        }
    }
}
