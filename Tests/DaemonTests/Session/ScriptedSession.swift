import CryptoPrimitives
import Logging
import Model
import NIOCore
import NIOPosix
import Signal
import Store
import Synchronization
import TestDatabase
import Testing
import WhatsApp

@testable import Daemon

/// A real session on a database of its own, connected to a ``ScriptedService``.
final class ScriptedSession: Sendable {
    static let number = JID(user: "96890000001", server: .phoneNumber, device: 3)
    static let lid = JID(user: "1001", server: .lid, device: 3)

    let service: ScriptedService
    let session: Session
    let settings: DatabaseSettings
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let thread: DatabaseThread
    private let directory: TemporaryDirectory
    private let changes = Sequenced<Int64>()
    private let running: Task<Void, Never>

    /// - Parameter isLinked: with the account of ``number``, else without any.
    init(_ service: ScriptedService, isLinked: Bool = true) throws {
        self.service = service
        directory = try TemporaryDirectory()
        settings = try DatabaseServer.freshDatabase()
        let database = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey))
        if isLinked { try Self.link(in: database) }
        _ = try database.webhooks.add(url: "http://127.0.0.1:9/hook")
        #expect(try database.sessions.setWanted(.connected, id: 1))
        let configuration = try ConfigurationParser.parse(
            """
            db.name = unused
            db.user = unused
            secret.key = \(String(repeating: "ab", count: 32))
            run.dir = \(directory.path)
            whatsapp.root_key = \(Hex.encode(service.rootKey.publicKey.bytes))
            """, home: directory.path)
        let thread = DatabaseThread { [settings] in try Database(settings, sealer: Sealer(key: DatabaseServer.testKey)) }
        self.thread = thread
        let executor = LoopExecutor(group.next())
        let changes = changes
        let environment = SessionEnvironment(
            configuration: configuration, database: thread, executor: executor, leaseOwner: "tests", connect: { service.connect() },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, wakeWebhooks: {}, sessionChanged: { changes.put($0) },
            outboxChanged: { changes.put($0) }, now: SystemClock.now)
        let session = Session(id: 1, environment: environment)
        self.session = session
        running = executor.start { await session.run() }
    }

    private static func link(in database: Database) throws {
        var random = SystemRandomNumberGenerator()
        let identity = KeyPair.generate(using: &random)
        let account = Account(
            noise: .generate(using: &random), identity: identity, registrationID: 77, pairingSecret: Random.bytes(32, using: &random),
            signedPreKey: .generate(id: 1, identity: identity, using: &random))
        try account.insert(into: database, session: 1)
        try database.credentials.savePairing(
            jid: number, lid: nil, account: [1, 2, 3], platform: nil, businessName: nil, at: SystemClock.now(), session: 1)
    }

    func database() throws -> Database { try Database(settings, sealer: Sealer(key: DatabaseServer.testKey)) }

    /// Looks whenever the session says that something has changed.
    func wait(until isSo: (Database) throws -> Bool) async throws -> Bool {
        let database = try database()
        while true {
            if try isSo(database) { return true }
            guard await changes.next() != nil else { return try isSo(database) }
        }
    }

    func connected() async throws -> Bool {
        try await wait { try $0.sessions.find(id: 1)?.status == .connected }
    }

    func stop() async throws {
        await session.stop()
        await running.value
        await thread.close()
        try await group.shutdownGracefully()
    }
}
