import Model
import Signal
import Store
import Synchronization
import Testing
import WhatsApp

@testable import Daemon

/// The signed pre-key is renewed when it is old, and whatever the service answers, both sides know what is in use.
struct SignedPreKeyTests {
    private enum Answer { case result, error(String), silence }

    /// What the service does with the next rotations.
    private final class Answers: Sendable {
        private let waiting: Mutex<[Answer]>
        init(_ answers: [Answer]) { waiting = Mutex(answers) }
        func next() -> Answer { waiting.withLock { $0.isEmpty ? .result : $0.removeFirst() } }
    }

    private static func start(_ answers: [Answer]) throws -> ScriptedSession {
        let answers = Answers(answers)
        return try ScriptedSession(
            try ScriptedService(welcome: { _ in [Node("success", ["lid": "1001@lid"])] }) { node in
                guard node.child("rotate") != nil else { return nil }
                let id = node.attributes["id"] ?? ""
                return switch answers.next() {
                case .result: [Node("iq", ["type": "result", "id": id, "from": .jid(.service)])]
                case .error(let code): [Node("iq", ["type": "error", "id": id], [Node("error", ["code": .text(code), "text": "no"])])]
                case .silence: []
                }
            })
    }

    /// Connects anew with a key that is four weeks old.
    private static func reconnectLater(_ session: ScriptedSession) async throws {
        _ = try session.database().run("UPDATE wa_signed_pre_keys SET created_at = created_at - INTERVAL 27 DAY")
        session.service.drop()
    }

    private static func offered(_ session: ScriptedSession) async -> (id: [UInt8], key: PublicKey, signature: [UInt8])? {
        guard let key = await session.service.next("iq", where: { $0.child("rotate") != nil })?.child("rotate")?.child("skey"),
            let id = key.child("id")?.bytes, let value = key.child("value")?.bytes.flatMap({ PublicKey(raw: $0) }),
            let signature = key.child("signature")?.bytes
        else { return nil }
        return (id, value, signature)
    }

    private static func isInUse(_ id: UInt32, _ database: Database) throws -> Bool {
        try database.credentials.load(session: 1)?.signedPreKeyID == id
    }

    private static func count(_ session: ScriptedSession) throws -> Int64? {
        try session.database().run("SELECT COUNT(*) AS n FROM wa_signed_pre_keys").rows.first?.integer("n")
    }

    @Test func anOldKeyIsReplacedAndStays() async throws {
        let session = try Self.start([])
        #expect(try await session.connected())
        // Everything that a login says has been said when the last of it is there; a young key is none of it.
        #expect(await session.service.untilDigest().contains { $0.child("rotate") != nil } == false)
        try await Self.reconnectLater(session)
        let offer = try #require(await Self.offered(session))
        #expect(offer.id == [0, 0, 2])
        let identity = try KeyPair(privateKey: try #require(try session.database().credentials.load(session: 1)).identityPrivateKey)
        #expect(identity.publicKey.verifies(offer.signature, of: offer.key.typed))
        _ = await session.service.untilDigest()
        #expect(try Self.isInUse(2, session.database()))
        #expect(try session.database().credentials.signedPreKey(id: 1, session: 1) != nil, "messages to it come for weeks")
        try await session.stop()
    }

    @Test(arguments: ["406", "409"]) func aKeyThatIsRefusedIsDropped(_ code: String) async throws {
        let session = try Self.start([.error(code)])
        #expect(try await session.connected())
        try await Self.reconnectLater(session)
        let first = try #require(await Self.offered(session))
        _ = await session.service.untilDigest()
        #expect(try Self.isInUse(1, session.database()))
        #expect(try Self.count(session) == 1)
        session.service.drop()
        let second = try #require(await Self.offered(session))
        #expect(second.key != first.key)
        _ = await session.service.untilDigest()
        #expect(try Self.isInUse(2, session.database()))
        try await session.stop()
    }

    /// The service may have it or not: it must never be another key of the same number.
    @Test(arguments: [true, false]) func aKeyWithoutAnswerIsOfferedAgain(_ isSilent: Bool) async throws {
        let session = try Self.start([isSilent ? .silence : .error("503")])
        #expect(try await session.connected())
        try await Self.reconnectLater(session)
        let first = try #require(await Self.offered(session))
        if !isSilent { _ = await session.service.untilDigest() }
        #expect(try Self.isInUse(1, session.database()))
        session.service.drop()
        let second = try #require(await Self.offered(session))
        #expect(second.key == first.key && second.id == first.id)
        _ = await session.service.untilDigest()
        #expect(try Self.isInUse(2, session.database()))
        #expect(try Self.count(session) == 2)
        try await session.stop()
    }
}

extension ScriptedService {
    /// What the client says up to its question for the digest, which follows on the signed pre-key.
    fileprivate func untilDigest() async -> [Node] {
        var nodes: [Node] = []
        while let node = await stanzas.next(seconds: 20) {
            nodes.append(node)
            if node.child("digest") != nil { break }
        }
        return nodes
    }
}
