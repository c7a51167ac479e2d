import Model
import Store

// How far a key reaches beyond its own session.
extension Call {
    /// A key with all permissions of the session `default` administers the installation: all sessions, their keys and webhooks. Every other key
    /// sees its own session alone.
    var administers: Bool { key.sessionID == SessionTable.defaultID && PermissionSet(parsing: key.permissions).contains(.everything) }

    /// For queries: nil is every session.
    var reach: Int64? { administers ? nil : key.sessionID }

    /// The session that a request names, or the key's own where it names none.
    /// - Throws: 404 for one that there is not, or that the key may not know of.
    func session(named name: String?) throws -> SessionRow {
        guard let name else { return try session() }
        guard name.utf8.count <= 64, let row = try database.sessions.find(name: name), administers || row.id == key.sessionID else {
            throw Problem.noSuchSession
        }
        return row
    }

    /// This call as a key of that session makes it.
    func acting(on session: SessionRow) -> Call {
        var key = key
        key.sessionID = session.id
        return Call(
            request: request, path: path, parameters: parameters, key: key, settings: settings, database: database, service: service)
    }
}

extension Problem {
    static let noSuchSession = Problem(
        404, "session_not_found", "Session not found",
        error: "no session with this name; a key of another session than `default` knows its own only")
}
