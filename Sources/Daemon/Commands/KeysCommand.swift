import ArgumentParser
import Model
import Store

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "API keys.", subcommands: [Create.self, List.self, Usage.self, Disable.self, Delete.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a key and print it once, alone on stdout.")
        @OptionGroup var common: CommonOptions
        @Option(help: "What the key is for.") var name: String
        @Option(help: "Comma-separated permissions; without it, all.") var permissions: String?
        @Option(help: "Requests a day; 0 = none.") var dailyLimit: Int64?
        @Option(help: "Requests per 15 minutes; 0 = none.") var generalLimit: Int64?
        @Option(help: "Send requests a minute; 0 = none.") var sendLimit: Int64?
        @Option(help: "Messages a day; without it, any number.") var dailyMessages: Int64?
        @Option(help: "Comma-separated addresses or networks that may use the key; without it, all.") var allowedIPs: String?
        @Option(help: "Last day or moment, such as 2027-12-31 (UTC).") var expires: String?
        @Option(help: "The session it may use.") var session = "default"

        func run() throws {
            for limit in [dailyLimit, generalLimit, sendLimit, dailyMessages].compactMap({ $0 }) where limit < 0 {
                throw ShellFailure.usage("a limit is 0 (none) or more, not \(limit)")
            }
            let expiry = try expires.map(moment)
            try checkPermissions()
            var random = SystemRandomNumberGenerator()
            let key = NewKey(using: &random)
            try common.load().inDatabase { database in
                let id = try SessionName(session).id(in: database)
                _ = try database.apiKeys.insert(
                    NewAPIKey(
                        name: name, hash: key.hash, permissions: permissions, sessionID: id, expiresAt: expiry,
                        dailyLimit: dailyLimit, generalLimit: generalLimit, sendLimit: sendLimit, allowedIPs: allowedIPs,
                        dailyMessages: dailyMessages))
            }
            print(key.text)
        }

        private func moment(_ text: String) throws -> Timestamp {
            guard let moment = Timestamp(parsing: text.count == 10 ? text + " 23:59:59" : text) else {
                throw ShellFailure.usage("--expires takes a date such as 2027-12-31 or 2027-12-31T18:00:00Z, not \(text)")
            }
            return moment
        }

        private func checkPermissions() throws {
            for word in permissions?.split(separator: ",", omittingEmptySubsequences: false) ?? []
            where word != "*" && Permission(rawValue: String(word)) == nil {
                let known = Permission.allCases.map(\.rawValue).joined(separator: ", ")
                throw ShellFailure.usage("no such permission: \(word). There are: \(known)")
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show all keys; the keys themselves are not kept.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption

        func run() throws {
            let rows = try common.load().inDatabase { try $0.apiKeys.list() }
            guard output.json else {
                return Table(columns: ["id", "name", "active", "permissions", "session", "expires (UTC)", "last used (UTC)"]).show(
                    rows.map {
                        [
                            "\($0.id)", $0.name, $0.isActive ? "yes" : "no", $0.permissions, "\($0.sessionID)", $0.expiresAt?.sql ?? "",
                            $0.lastUsedAt?.sql ?? "",
                        ]
                    })
            }
            print(
                CanonicalJSON.text(
                    .array(
                        rows.map { row in
                            .members([
                                "id": .integer(row.id), "name": .string(row.name), "active": .bool(row.isActive),
                                "permissions": .string(row.permissions),
                                "session_id": .integer(row.sessionID), "expires_at": .text(row.expiresAt?.iso8601),
                                "last_used_at": .text(row.lastUsedAt?.iso8601),
                            ])
                        })))
        }
    }

    struct Usage: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what each key did each day, the newest days first.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption
        @Argument(help: "Only this key, by name or number.") var key: String?
        @Option(help: "How many lines.") var limit = 50

        func run() throws {
            let rows = try common.load().inDatabase { database in
                try database.keyUsage.list(key: key.map { try KeyName($0).id(in: database) }, limit: max(1, limit))
            }
            guard output.json else {
                return Table(columns: ["day", "id", "name", "requests", "messages", "refusals"]).show(
                    rows.map { [$0.day.date, "\($0.day.apiKeyID)", $0.keyName, "\($0.requests)", "\($0.messages)", "\($0.refusals)"] })
            }
            print(
                CanonicalJSON.text(
                    .array(
                        rows.map { row in
                            .members([
                                "day": .string(row.day.date), "key_id": .integer(row.day.apiKeyID), "name": .string(row.keyName),
                                "requests": .integer(row.requests), "messages": .integer(row.messages), "refusals": .integer(row.refusals),
                            ])
                        })))
        }
    }

    struct Disable: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a key useless, and keep its row.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Name or number of the key.") var key: String

        func run() throws {
            try common.load().inDatabase { _ = try $0.apiKeys.disable(id: KeyName(key).id(in: $0)) }
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a key.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Name or number of the key.") var key: String

        func run() throws {
            try common.load().inDatabase { _ = try $0.apiKeys.delete(id: KeyName(key).id(in: $0)) }
        }
    }
}
