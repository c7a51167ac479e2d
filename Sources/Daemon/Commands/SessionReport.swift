import Model
import Store

/// What `status` and `sessions list` show.
struct SessionReport {
    private let loaded: LoadedConfiguration

    init(_ loaded: LoadedConfiguration) { self.loaded = loaded }

    func show(json: Bool) throws {
        let pid = DaemonLock.isHeld(loaded.runDirectory) ? PidFile(loaded.runDirectory).read() : nil
        let rows = try loaded.inDatabase { try $0.sessions.list() }
        json ? printJSON(pid: pid, rows) : printText(pid: pid, rows)
    }

    private func printText(pid: Int32?, _ rows: [SessionRow]) {
        print(pid.map { "daemon: running (process \($0))" } ?? "daemon: stopped; start it with `wa-connect ensure`")
        Table(columns: ["session", "status", "reason", "number", "last seen (UTC)"]).show(
            rows.map {
                [
                    $0.name, pid == nil ? "disconnected" : $0.status.rawValue, reason($0, pid: pid) ?? "", $0.phoneNumber ?? "",
                    $0.lastSeenAt?.sql ?? "",
                ]
            })
    }

    private func printJSON(pid: Int32?, _ rows: [SessionRow]) {
        let sessions = rows.map { row in
            JSONValue.members([
                "name": .string(row.name), "status": .string(pid == nil ? SessionStatus.disconnected.rawValue : row.status.rawValue),
                "reason": .text(reason(row, pid: pid)), "wanted": .string(row.wanted.rawValue), "phone_number": .text(row.phoneNumber),
                "connected_at": .text(pid == nil ? nil : row.connectedAt?.iso8601), "last_seen_at": .text(row.lastSeenAt?.iso8601),
            ])
        }
        print(
            CanonicalJSON.text(
                .members([
                    "daemon": .string(pid == nil ? "stopped" : "running"), "pid": pid.map { .integer(Int64($0)) } ?? .null,
                    "sessions": .array(sessions),
                ])))
    }

    /// Without a daemon nothing in the row about the connection is true any more.
    private func reason(_ row: SessionRow, pid: Int32?) -> String? {
        pid == nil && row.status != .disconnected ? SessionReason.daemonStopped.rawValue : row.reason?.rawValue
    }
}
