import CryptoPrimitives
import Synchronization
import TestDatabase
import Testing

@testable import API
@testable import Model
@testable import Store

/// An installation for one test: database, run directory, API, and a doorbell behind which the test plays the daemon.
final class World {
    let database: TestTables
    let directory = TemporaryDirectory()
    let service: Service
    let clock: TestClock
    private var bell: FakeDoorbell?

    /// A key with all permissions.
    static let key = "a key for tests"

    init(waiting: Int = 2, configuration extra: String = "") throws {
        database = try TestTables()
        clock = TestClock()
        let text = """
            db.socket = \(database.settings.socket ?? "")
            db.name = \(database.settings.name)
            db.user = root
            db.password = ""
            secret.key = \(Hex.encode(DatabaseServer.testKey.bytes))
            run.dir = \(directory.path)
            api.waiting = \(waiting)
            \(extra)
            """
        let configuration = try ConfigurationParser.parse(text, home: directory.path)
        let lines = LogLines()
        service = Service(configuration, now: { [clock] in clock.now }, log: { lines.add($0) })
        self.lines = lines
        try database.sql("INSERT INTO wa_api_keys (name, key_hash) VALUES ('tests', SHA2('\(Self.key)', 256))")
    }

    private let lines: LogLines
    var logged: [String] { lines.all }

    deinit {
        bell?.stop()
        database.drop()
    }

    /// Starts the daemon's doorbell. `ping` is answered; other lines go to the script.
    @discardableResult
    func startDaemon(_ script: @escaping FakeDoorbell.Script = { _ in "done" }) throws -> FakeDoorbell {
        bell?.stop()
        let started = try FakeDoorbell(runDirectory: directory.path) { $0 == "ping" ? "pong 1" : script($0) }
        bell = started
        return started
    }

    func connectSession() throws {
        try database.sql(
            """
            UPDATE wa_sessions SET status = 'connected', wanted = 'connected', jid = '96890000001:5@s.whatsapp.net', phone_number = '96890000001',
            push_name = 'Amal', connected_at = '2026-02-27 10:00:00.000', last_seen_at = '2026-02-27 10:00:01.500' WHERE id = 1
            """)
    }

    func call(
        _ method: String, _ path: String, _ body: String = "", key: String? = World.key, headers: [String: String] = [:],
        peer: String = "192.0.2.1"
    ) -> Answer {
        var headers = headers
        headers["x-api-key"] = key
        let request = Request(
            method: method, target: "/api/v1/" + path, headers: headers, body: .bytes(Array(body.utf8)), peerAddress: peer)
        return Answer(service.answer(request))
    }

    func send(_ fields: String = #"{"to":"96891234567","message":"Hello"}"#, headers: [String: String] = [:]) -> Answer {
        call("POST", "messages/send-text", fields, headers: headers)
    }
}

/// A clock that moves when told.
final class TestClock: Sendable {
    private let time = Mutex(Timestamp(milliseconds: 1_772_186_400_000))
    var now: Timestamp { time.withLock { $0 } }
    func advance(seconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: seconds * 1_000) } }
    func set(_ text: String) { if let moment = Timestamp(parsing: text) { time.withLock { $0 = moment } } }
}

final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}

/// An answer with its body read.
struct Answer {
    let response: Response
    let json: JSONValue
    var status: Int { response.status }

    init(_ response: Response) {
        self.response = response
        json = if case .bytes(let bytes) = response.body { (try? JSONParser.parse(bytes)) ?? .null } else { .null }
    }

    /// The value at `data.status`, numbers in brackets aside: `data.messages.0.id`.
    subscript(_ path: String) -> JSONValue? {
        var value: JSONValue? = json
        for part in path.split(separator: ".") {
            switch value {
            case .object(let members): value = members.last { $0.key == part }?.value
            case .array(let values): value = Int(part).flatMap { values.indices.contains($0) ? values[$0] : nil }
            default: value = nil
            }
        }
        return value
    }

    func text(_ path: String) -> String? {
        if case .string(let text)? = self[path] { text } else { nil }
    }

    var code: String? { text("code") }
    func header(_ name: String) -> String? { response[header: name] }
}
