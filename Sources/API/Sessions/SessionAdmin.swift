import Model
import Store

/// `GET sessions`, `POST sessions`, and the calls of `session/…` for a session by its name.
enum SessionAdmin {
    static let list: @Sendable (Call) throws -> Success = { call in
        let rows = try call.administers ? call.database.sessions.list() : [call.session()]
        let daemonRuns = rows.first.map { SessionState.daemonRuns(call, $0) } ?? false
        return Success(data: .members(["sessions": .array(rows.map { json($0, daemonRuns: daemonRuns, call) })]))
    }

    static let add: @Sendable (Call) throws -> Success = { call in
        guard call.administers else { throw Problem.notTheAdministrator }
        let expected = "1 to 64 letters, digits, dashes, dots and underscores"
        let name = try call.fields().text("name", limit: 64, expected: expected)
        guard name.utf8.allSatisfy(isNameByte) else { throw FieldError("name", .badValue, expected: expected) }
        do {
            let id = try call.database.sessions.add(name: name)
            guard let row = try call.database.sessions.find(id: id) else { throw Problem.internalError }
            return Success(data: json(row, daemonRuns: SessionState.daemonRuns(call, row), call), message: "Session added")
        } catch StoreError.duplicate {
            throw Problem(409, "session_exists", "The session exists", error: "there is a session of this name already")
        }
    }

    static let one: @Sendable (Call) throws -> Success = { try SessionState.answer(named($0)) }
    static let connect: @Sendable (Call) throws -> Success = { try SessionConnect.answer(named($0)) }
    static let disconnect: @Sendable (Call) throws -> Success = { try SessionEnd.disconnect(named($0)) }
    static let logout: @Sendable (Call) throws -> Success = { try SessionEnd.logout(named($0)) }

    private static func named(_ call: Call) throws -> Call { try call.acting(on: call.session(named: call.parameters["name"])) }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-._".utf8.contains(byte)
        }
    }

    private static func json(_ row: SessionRow, daemonRuns: Bool, _ call: Call) -> JSONValue {
        let name = JSONMember("name", .string(row.name))
        let created = JSONMember("created_at", .string(row.createdAt.iso8601))
        guard case .object(let state) = SessionState.data(row, daemonRuns: daemonRuns, now: call.now) else { return .object([name, created]) }
        return .object([name] + state + [created])
    }
}

extension Problem {
    static let notTheAdministrator = Problem(
        403, "forbidden", "API key lacks required permission",
        error: "only a key of the session `default` with all permissions (*) may do this")
}
