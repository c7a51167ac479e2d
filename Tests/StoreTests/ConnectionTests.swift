import Model
@testable import Store
import TestDatabase
import Testing

@Suite struct ConnectionTests {
    /// Text that came over the network, back as it went in.
    @Test(arguments: [
        "", "\0", "a\0b", "'; DROP TABLE wa_messages; --", "\\", "%_", "😀👩‍👩‍👧‍👦", "\u{10FFFF}", "e\u{301}", "\u{202E}abc", "\u{FEFF}x", "\r\n",
        String(repeating: "😀", count: 65_536), String(repeating: "x", count: 255), String(repeating: "x", count: 256),
        String(repeating: "x", count: 257),
    ])
    func textSurvives(_ content: String) throws {
        let test = try TestSession(sharing: Self.shared)
        let contact = try test.database.contacts.resolve(ContactAddress(phoneNumber: "96890000001"), session: test.id)
        let message = NewMessage(
            sessionID: test.id, ownJID: nil, contactID: contact, messageID: "T\(content.unicodeScalars.count)-\(content.hashValue)",
            source: .contact,
            type: .text, content: content, at: test.now)
        let (id, isNew) = try test.database.messages.insertInbound(message)
        #expect(isNew)
        let read = try #require(try test.database.messages.find(id: id, session: test.id)?.content)
        let same = Array(read.utf8) == Array(content.utf8)
        #expect(same)
    }

    private static let shared = Result { try DatabaseServer.freshDatabase() }

    @Test func bytesSurvive() throws {
        let test = try TestSession(sharing: Self.shared)
        for length in [0, 1, 255, 256, 257, 70_000] {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
            _ = try test.database.run(
                "INSERT INTO wa_signal_sessions (session_id, address, record) VALUES (1, ?, ?)", [.text("\(length).0"), .bytes(bytes)])
            let read = try test.database.run("SELECT record FROM wa_signal_sessions WHERE address = ?", [.text("\(length).0")]).rows.first?
                .bytes("record")
            #expect(read == bytes, "\(length)")
        }
    }

    @Test func momentsSurvive() throws {
        let test = try TestSession(sharing: Self.shared)
        for text in ["1970-01-02T00:00:00.000Z", "2026-12-31T23:59:59.999Z", "2028-02-29T00:00:00.001Z"] {
            let moment = try #require(Timestamp(parsing: text))
            try test.database.sessions.setLastSeen(moment, id: test.id)
            #expect(try test.database.sessions.find(id: test.id)?.lastSeenAt == moment)
        }
    }

    @Test func valuesThatColumnsDoNotTakeAreErrorsNotCrashes() throws {
        let test = try TestSession(sharing: Self.shared)
        #expect(throws: StoreError.invalidValue) { try test.database.sessions.add(name: String(repeating: "😀", count: 65)) }
        #expect(try test.database.messages.find("нет\0", session: test.id) == nil)
        #expect(try test.database.messages.find("99999999999999999999", session: test.id) == nil)
        #expect(throws: StoreError.malformed("parameters")) { try test.database.run("SELECT ?") }
        #expect(throws: StoreError.malformed("nothing")) { try test.database.run("SELECT 1 AS one").rows.first?.text("nothing") }
        #expect(throws: StoreError.query(1064)) { try test.database.run("SELEC") }
    }

    @Test func aKilledConnectionIsGoneOnceAndThenNew() throws {
        let test = try TestSession()
        let killer = try test.secondConnection()
        func kill() throws {
            let id = try #require(test.database.connectionID)
            _ = try killer.run("KILL CONNECTION \(id)")
        }
        _ = try test.database.sessions.list()
        try kill()
        #expect(throws: StoreError.gone) { try test.database.sessions.list() }
        #expect(try test.database.sessions.list().count == 1)
        try kill()
        // Nothing was done yet in this transaction, so it begins on a new connection by itself.
        #expect(try test.database.transaction { try test.database.sessions.list().count } == 1)
        // What is done behind a swallowed error must not be half a transaction on a new connection.
        var swallowed: [StoreError?] = []
        func swallow(_ work: () throws(StoreError) -> Void) {
            do {
                try work()
                swallowed.append(nil)
            } catch {
                swallowed.append(error)
            }
        }
        #expect(throws: StoreError.gone) {
            try test.database.transaction {
                _ = try test.database.sessions.add(name: "lost")
                try kill()
                swallow { () throws(StoreError) in _ = try test.database.sessions.list() }
                swallow { () throws(StoreError) in _ = try test.database.sessions.add(name: "half") }
            }
        }
        #expect(swallowed == [.gone, .gone])
        #expect(try test.database.sessions.list().map(\.name) == ["default"])
        try kill()
        try test.database.reconnect()
        #expect(try test.database.sessions.list().count == 1)
    }

    @Test func whatThrowsLeavesNoTrace() throws {
        struct Stop: Error {}
        let test = try TestSession()
        let database = test.database
        #expect(throws: Stop.self) {
            try database.transaction {
                _ = try database.sessions.add(name: "outer")
                throw Stop()
            }
        }
        try database.transaction {
            _ = try database.sessions.add(name: "kept")
            do {
                try database.transaction {
                    _ = try database.sessions.add(name: "inner")
                    throw Stop()
                }
            } catch is Stop {}
        }
        #expect(try database.sessions.list().map(\.name) == ["default", "kept"])
        #expect(!database.isInTransaction)
    }

    /// Parts of a transaction fail alone, however they stand in one another and wherever their first write is.
    @Test func partsFailAlone() throws {
        let database = try TestSession().database
        struct Failure: Error {}
        func write(_ name: String) throws { _ = try database.sessions.add(name: name) }
        func read() throws { _ = try database.sessions.list() }
        func fails(_ body: () throws -> Void) {
            #expect(throws: Failure.self) {
                try database.transaction {
                    try body()
                    throw Failure()
                }
            }
        }
        try database.transaction {
            fails { try write("lost.0") }
            try write("kept.0")
            fails(read)
            fails { try write("lost.1") }
            try database.transaction {
                try read()
                fails { try write("lost.2") }
                try database.transaction { try write("kept.1") }
                fails {
                    try database.transaction { try write("lost.3") }
                    try write("lost.4")
                }
                try write("kept.2")
            }
            // Both parts begin with the same write, and the outer one fails after the inner one has succeeded.
            fails {
                try database.transaction { try write("lost.5") }
                try database.transaction { try write("lost.6") }
            }
            // The inner one fails, and what the outer one writes after it stays.
            try database.transaction {
                fails { try write("lost.7") }
                try write("kept.3")
                try database.transaction { try write("kept.4") }
                fails { try write("lost.8") }
            }
        }
        #expect(try database.sessions.list().map(\.name) == ["default", "kept.0", "kept.1", "kept.2", "kept.3", "kept.4"])
    }

    /// What has no savepoint of its own and fails takes along what it is a part of, whoever looks away.
    @Test func halfDonePartsAreNeverCommitted() throws {
        let database = try TestSession().database
        func add(_ name: String) throws(StoreError) { _ = try database.sessions.add(name: name) }
        func isFull(_ body: () throws -> Void) -> Bool {
            do { try body() } catch { return error as? StoreError == .full }
            return false
        }
        func halfDone(_ name: String) -> Bool {
            isFull {
                try database.together { () throws(StoreError) in
                    try add(name)
                    throw .full
                }
            }
        }
        #expect(halfDone("lost.0"))
        #expect(isFull { try database.transaction { _ = halfDone("lost.1") } })
        try database.transaction {
            try database.together { () throws(StoreError) in try add("kept.0") }
            let isLost = isFull {
                try database.transaction {
                    let lost = [halfDone("lost.2"), isFull { try add("lost.3") }, isFull { try database.transaction {} }]
                    #expect(lost == [true, true, true], "nothing more is done")
                }
            }
            #expect(isLost)
            try add("kept.1")
        }
        #expect(try database.sessions.list().map(\.name) == ["default", "kept.0", "kept.1"])
    }

    @Test func refusalsHaveNames() throws {
        var settings = try Self.shared.get()
        settings.name = "wa_no_such_database"
        #expect(throws: StoreError.accessDenied(1049)) { _ = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey)) }
        settings.user = "nobody"
        settings.password = "wrong"
        #expect(throws: StoreError.accessDenied(1045)) { _ = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey)) }
        settings.socket = "/nowhere"
        #expect(throws: StoreError.unavailable(2002)) { _ = try Database(settings, sealer: Sealer(key: DatabaseServer.testKey)) }
    }
}
