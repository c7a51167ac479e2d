import Model
import Store

/// What the rows say about numbers, webhooks and waiting messages.
enum StateChecks {
    static func sessions(_ loaded: LoadedConfiguration) -> Finding {
        do {
            let rows = try loaded.inDatabase { try $0.sessions.list() }
            let lost = rows.filter { $0.wanted == .connected && $0.status != .connected }
            if let row = lost.first {
                return .warning(
                    "sessions", "`\(row.name)` is \(row.status.rawValue)\(row.reason.map { " (\($0.rawValue))" } ?? "")",
                    cure: row.jid == nil ? "wa-connect sessions connect \(row.name), and scan the QR" : "wa-connect logs")
            }
            guard rows.contains(where: { $0.status == .connected }) else {
                return .warning("sessions", "no number is connected", cure: "wa-connect sessions connect, and scan the QR")
            }
            return .ok("sessions", rows.filter { $0.status == .connected }.map(\.name).joined(separator: ", ") + ": connected")
        } catch {
            return DatabaseChecks.failure("sessions", error)
        }
    }

    static func webhooks(_ loaded: LoadedConfiguration) -> Finding {
        do {
            let rows = try loaded.inDatabase { try $0.webhooks.list() }.filter(\.isActive)
            if let row = rows.first(where: { $0.failingSince != nil }) {
                return .warning(
                    "webhooks", "\(row.url) has been failing since \(row.failingSince?.sql ?? "") UTC",
                    cure: "wa-connect webhooks deliveries shows what it answers; wa-connect webhooks test \(row.id)")
            }
            return .ok("webhooks", rows.isEmpty ? "none" : "\(rows.count), none of them failing")
        } catch {
            return DatabaseChecks.failure("webhooks", error)
        }
    }

    static func outbox(_ loaded: LoadedConfiguration) -> Finding {
        do {
            let late = try loaded.inDatabase { try $0.outbox.countDue(before: SystemClock.now().adding(milliseconds: -300_000)) }
            guard late == 0 else {
                return .warning(
                    "outbox", "\(late) messages have been due for more than five minutes",
                    cure: "connect the number (`wa-connect sessions list`), or cancel them in wa_outbox")
            }
            return .ok("outbox", "nothing waits for longer than five minutes")
        } catch {
            return DatabaseChecks.failure("outbox", error)
        }
    }
}
