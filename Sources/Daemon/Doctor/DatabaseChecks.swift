import Model
import Store

/// The database server, the tables and the settings in them.
enum DatabaseChecks {
    /// Milliseconds that the server's clock may differ from the host's.
    private static let clockTolerance: Int64 = 60_000

    static func server(_ loaded: LoadedConfiguration) -> Finding {
        do {
            let server = try loaded.database().serverFacts()
            let name = "\(server.isMariaDB ? "MariaDB" : "MySQL") \(server.version)"
            guard server.isSupported else {
                return .failed("database", "\(name) is too old", cure: "ask the host for MySQL 8.0 or MariaDB 10.6, or later")
            }
            guard abs(server.now.milliseconds - SystemClock.now().milliseconds) <= clockTolerance else {
                return .warning(
                    "database", "the clocks of the database (\(server.now.sql) UTC) and of this host differ by more than a minute",
                    cure: "tell the host; times in messages and limits follow these clocks")
            }
            return .ok("database", "\(name) answers as \(loaded.configuration.database)")
        } catch {
            return failure("database", error)
        }
    }

    static func tables(_ loaded: LoadedConfiguration) -> Finding {
        do {
            let status = try loaded.database().migrations.status()
            if status.isNewer {
                return .failed(
                    "tables", "the tables were made by a newer version (\(status.installed))", cure: "install that version of the programs")
            }
            guard status.isCurrent else {
                return .failed(
                    "tables", status.installed == 0 ? "there are no tables" : "the tables are of an older version",
                    cure: "wa-connect migrate")
            }
            return .ok("tables", "version \(status.installed), as the programs need it")
        } catch {
            return failure("tables", error)
        }
    }

    static func settings(_ loaded: LoadedConfiguration) -> Finding {
        do {
            let bad = try loaded.inDatabase { try $0.settings.list() }.filter { $0.problem != nil }
            guard let first = bad.first else { return .ok("settings", "all values are valid") }
            return .warning(
                "settings", "\(bad.map(\.name).joined(separator: ", ")): ignored, \(first.problem ?? "")",
                cure: "wa-connect settings set \(first.name) …, or `default`")
        } catch {
            return failure("settings", error)
        }
    }

    /// Keys and webhooks that were typed wrongly.
    static func rows(_ loaded: LoadedConfiguration) -> Finding {
        do {
            let bad = try loaded.inDatabase { database in
                try database.apiKeys.list().compactMap { row in row.problem.map { ("wa_api_keys", row.id, $0) } }
                    + database.webhooks.list().compactMap { row in row.problem.map { ("wa_webhooks", row.id, $0) } }
            }
            guard let (table, id, problem) = bad.first else { return .ok("rows", "nothing is typed wrongly in wa_api_keys and wa_webhooks") }
            let others = bad.count > 1 ? ", and \(bad.count - 1) more rows" : ""
            return .warning("rows", "\(table), row \(id): \(problem)\(others)", cure: "change the row in phpMyAdmin; its column problem says more")
        } catch {
            return failure("rows", error)
        }
    }

    /// Whether disk or tables come near to what the owner allows them.
    static func ceilings(_ loaded: LoadedConfiguration) -> Finding {
        do {
            let (notes, bytes) = try loaded.inDatabase { database in
                (try database.settings.list().filter { $0.note != nil }, try database.tableSizes().reduce(0) { $0 &+ $1.bytes })
            }
            guard let first = notes.first else { return .ok("ceilings", "the tables take \(bytes >> 20) MB") }
            return .warning(
                "ceilings", notes.compactMap(\.note).joined(separator: "; "),
                cure: "delete what is not needed, change \(first.name), or keep less: messages.retention_days, webhooks.retention_days, media.retention_days")
        } catch {
            return failure("ceilings", error)
        }
    }

    /// What is said when the database does not let a check through; the command's own words tell what to do.
    static func failure(_ check: String, _ error: any Error) -> Finding {
        .failed(check, "\(error)", cure: "wa-connect doctor --only database,tables; the db.* lines of the configuration")
    }
}
