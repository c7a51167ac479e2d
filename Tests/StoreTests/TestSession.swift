import Model
import Store
import TestDatabase
import Testing

/// A database of one test's own, with its tables and the session `default`.
struct TestSession {
    let settings: DatabaseSettings
    let database: Database
    let id = SessionTable.defaultID
    let now: Timestamp

    /// - Parameter shared: a database that several tests use because none minds what the others leave there; nil makes a fresh one.
    init(sharing shared: Result<DatabaseSettings, any Error>? = nil) throws {
        settings = try shared?.get() ?? DatabaseServer.freshDatabase()
        database = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey))
        now = try #require(Timestamp(parsing: "2026-02-27T10:00:00.000Z"))
    }

    /// Another connection to the same tables, as another process has it.
    func secondConnection() throws -> Database {
        try Database(settings, sealer: Sealer(key: DatabaseServer.testKey))
    }

    func text(to number: String, id messageID: String, idempotency: NewOutboxRow.Idempotency? = nil) -> NewOutboxRow {
        NewOutboxRow(
            sessionID: id, ownJID: JID(user: "96890000000", server: .phoneNumber, device: 3), to: JID(user: number, server: .phoneNumber),
            messageID: messageID, kind: "text", payload: #"{"message":"Hello"}"#, type: .text, content: "Hello", idempotency: idempotency)
    }
}
