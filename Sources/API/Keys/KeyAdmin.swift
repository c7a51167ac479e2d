import Model
import Store

/// `GET keys`, `POST keys`, `POST keys/:id/disable`, `POST keys/:id/delete`, `GET keys/usage`. For keys with all permissions alone: whoever makes keys
/// can make any.
enum KeyAdmin {
    static let list: @Sendable (Call) throws -> Success = { call in
        let rows = try call.database.apiKeys.list(session: call.reach)
        let names = try names(call)
        return Success(data: .members(["keys": .array(rows.map { .object(members($0, names)) })]))
    }

    static let add: @Sendable (Call) throws -> Success = { call in
        let wanted = try KeyFields(try call.fields())
        let session = try call.session(named: wanted.session)
        var rng = SystemRandomNumberGenerator()
        let key = NewKey(using: &rng)
        let id = try call.database.apiKeys.insert(
            NewAPIKey(
                name: wanted.name, hash: key.hash, permissions: wanted.permissions, sessionID: session.id, expiresAt: wanted.expiresAt,
                dailyLimit: wanted.dailyLimit, generalLimit: wanted.generalLimit, sendLimit: wanted.sendLimit,
                allowedIPs: wanted.allowedIPs, dailyMessages: wanted.dailyMessages))
        guard let row = try call.database.apiKeys.find(id: id) else { throw Problem.noSuchKey }
        return Success(
            data: .object([JSONMember("key", .string(key.text))] + members(row, [session.id: session.name])),
            message: "Keep the key: it is shown this once")
    }

    static let disable: @Sendable (Call) throws -> Success = { call in
        let row = try other(call)
        _ = try call.database.apiKeys.disable(id: row.id)
        return Success(message: "Key disabled")
    }

    static let delete: @Sendable (Call) throws -> Success = { call in
        let row = try other(call)
        _ = try call.database.apiKeys.delete(id: row.id)
        return Success(message: "Key deleted")
    }

    /// Requests, messages and refusals of each key and day.
    static let usage: @Sendable (Call) throws -> Success = { call in
        let query = call.path.query
        let page = try PageRequest(query, usual: 100, most: 1_000)
        let rows = try call.database.keyUsage.list(
            key: try query.optionalInteger("key", in: 1...Int64.max), session: call.reach, limit: page.limit)
        return Success(
            data: .members([
                "usage": .array(
                    rows.map { row in
                        .members([
                            "key_id": .integer(row.day.apiKeyID), "name": .string(row.keyName), "day": .string(row.day.date),
                            "requests": .integer(row.requests), "messages": .integer(row.messages), "refusals": .integer(row.refusals),
                        ])
                    })
            ]), message: page.message)
    }

    /// The key that the path names; the caller's own stays, or nobody could undo it.
    private static func other(_ call: Call) throws -> APIKeyRow {
        let id = try call.number("id", else: .noSuchKey)
        guard let row = try call.database.apiKeys.find(id: id), call.administers || row.sessionID == call.key.sessionID else {
            throw Problem.noSuchKey
        }
        guard row.id != call.key.id else {
            throw Problem(409, "own_key", "The key is in use", error: "a key does not disable or delete itself; use another one, or `wa-connect keys`")
        }
        return row
    }

    private static func names(_ call: Call) throws -> [Int64: String] {
        Dictionary(uniqueKeysWithValues: try call.database.sessions.list().map { ($0.id, $0.name) })
    }

    private static func members(_ row: APIKeyRow, _ sessions: [Int64: String]) -> [JSONMember] {
        func number(_ value: Int64?) -> JSONValue { value.map(JSONValue.integer) ?? .null }
        return [
            JSONMember("id", .integer(row.id)), JSONMember("name", .string(row.name)),
            JSONMember("permissions", .array(OwnerList.words(row.permissions).map(JSONValue.string))),
            JSONMember("session", .text(sessions[row.sessionID])), JSONMember("active", .bool(row.isActive)),
            JSONMember("daily_limit", .integer(row.dailyLimit)), JSONMember("general_limit", number(row.generalLimit)),
            JSONMember("send_limit", number(row.sendLimit)), JSONMember("daily_messages", number(row.dailyMessages)),
            JSONMember("allowed_ips", .array(OwnerList.words(row.allowedIPs ?? "").map(JSONValue.string))),
            JSONMember("expires_at", .text(row.expiresAt?.iso8601)), JSONMember("last_used_at", .text(row.lastUsedAt?.iso8601)),
            JSONMember("created_at", .string(row.createdAt.iso8601)),
        ]
    }
}

extension Problem {
    static let noSuchKey = Problem(404, "key_not_found", "Key not found", error: "no API key with this id for this key")
}
