import ArgumentParser
import Model
import Store

struct WebhooksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhooks", abstract: "Addresses that are told about events.",
        subcommands: [Add.self, List.self, Test.self, Deliveries.self, Replay.self, Delete.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a webhook and print its number.")
        @OptionGroup var common: CommonOptions
        @Argument var url: String
        @Option(help: "Comma-separated events; without it, all.") var events: String?
        @Option(help: "Secret for the signature.") var secret: String?
        @Option(help: "A header to add to every request, such as 'Authorization: Bearer abc'; may be repeated.") var header: [String] = []
        @Option(help: "Only events of this session.") var session: String?

        func run() throws {
            guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
                throw ShellFailure.usage("the address begins with http:// or https://")
            }
            let names = try events?.split(separator: ",").map { word in
                guard let name = EventName(rawValue: String(word)) else {
                    throw ShellFailure.usage(
                        "no such event: \(word). There are: \(EventName.allCases.map(\.rawValue).joined(separator: ", "))")
                }
                return name
            }
            let headers = try self.headers()
            try common.load().inDatabase { database in
                let id = try session.map { try SessionName($0).id(in: database) }
                print(try database.webhooks.add(url: url, events: names, secret: secret, headers: headers, session: id))
            }
        }

        private func headers() throws -> WebhookHeaders? {
            guard !header.isEmpty else { return nil }
            let members = try header.map { line in
                guard let colon = line.firstIndex(of: ":") else { throw ShellFailure.usage("--header takes `Name: value`, not \(line)") }
                return JSONMember(String(line[..<colon]), .string(String(line[line.index(after: colon)...])))
            }
            do { return try WebhookHeaders(members, field: "--header") } catch { throw ShellFailure.usage("\(error)") }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show all webhooks.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption
        @Flag(help: "Show the secrets in the form of Standard Webhooks (whsec_…).") var secrets = false

        func run() throws {
            let rows = try common.load().inDatabase { try $0.webhooks.list() }
            guard output.json else {
                return Table(columns: ["id", "url", "events", "active", "secret", "failing since (UTC)"]).show(
                    rows.map {
                        [
                            "\($0.id)", $0.url, $0.events.joined(separator: ","), $0.isActive ? "yes" : "no", secret($0) ?? "",
                            $0.failingSince?.sql ?? "",
                        ]
                    })
            }
            print(
                CanonicalJSON.text(
                    .array(
                        rows.map { row in
                            .members([
                                "id": .integer(row.id), "url": .string(row.url), "events": .array(row.events.map(JSONValue.string)),
                                "active": .bool(row.isActive), "secret": .text(secret(row)),
                                "failing_since": .text(row.failingSince?.iso8601),
                            ])
                        })))
        }

        private func secret(_ row: WebhookRow) -> String? {
            WebhookSecret(row.secret).map { secrets ? $0.standardForm : "set" }
        }
    }

    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Send a made-up message.received and show what the receiver says.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Number of the webhook.") var id: Int64

        func run() throws {
            let loaded = try common.load()
            let now = SystemClock.now()
            let event = Event.trial(at: now)
            let delivery = try loaded.inDatabase { database in
                guard try database.webhooks.find(id: id) != nil else {
                    throw ShellFailure.failed("no webhook \(id); see `wa-connect webhooks list`")
                }
                return try database.deliveries.enqueueTest(event: event.name.rawValue, body: event.body, webhook: id, now: now)
            }
            print("queued as delivery \(delivery); see `wa-connect webhooks deliveries`")
            _ = DoorbellCall(loaded.runDirectory)?.send("webhooks")
            if !DaemonLock.isHeld(loaded.runDirectory) {
                throw ShellFailure.failed("the daemon is stopped; it is sent after `wa-connect ensure`")
            }
        }
    }

    struct Deliveries: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the newest deliveries.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption
        @Argument(help: "Only of this webhook.") var id: Int64?
        @Option(help: "pending, delivered or dead.") var status: String?
        @Option(help: "How many.") var limit = 50

        func run() throws {
            let wanted = try status.map { word in
                guard let status = DeliveryStatus(rawValue: word) else {
                    throw ShellFailure.usage("--status is pending, delivered or dead")
                }
                return status
            }
            let rows = try common.load().inDatabase { try $0.deliveries.list(webhook: id, status: wanted, limit: limit) }
            guard output.json else {
                return Table(columns: ["id", "webhook", "event", "status", "attempts", "http", "created (UTC)", "error"]).show(
                    rows.map {
                        [
                            "\($0.id)", "\($0.webhookID)", $0.event, $0.status.rawValue, "\($0.attempts)",
                            $0.lastStatusCode.map { "\($0)" } ?? "",
                            $0.createdAt.sql, $0.lastError ?? "",
                        ]
                    })
            }
            print(
                CanonicalJSON.text(
                    .array(
                        rows.map { row in
                            .members([
                                "id": .integer(row.id), "event_id": .string(row.eventID), "webhook": .integer(row.webhookID),
                                "event": .string(row.event),
                                "status": .string(row.status.rawValue), "attempts": .integer(Int64(row.attempts)),
                                "last_status": row.lastStatusCode.map { .integer(Int64($0)) } ?? .null, "last_error": .text(row.lastError),
                                "answer": .text(row.answerHead), "created_at": .string(row.createdAt.iso8601),
                                "next_attempt_at": row.status == .pending ? .string(row.nextAttemptAt.iso8601) : .null,
                            ])
                        })))
        }
    }

    struct Replay: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Send a delivery again, or all dead ones of a webhook.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Number of the delivery.") var delivery: Int64?
        @Option(help: "Number of a webhook whose dead deliveries are all sent again.") var dead: Int64?

        func run() throws {
            let now = SystemClock.now()
            let loaded = try common.load()
            try loaded.inDatabase { database in
                switch (delivery, dead) {
                case (let id?, nil):
                    guard try database.deliveries.replay(id: id, now: now) else {
                        throw ShellFailure.failed("no delivery \(id); see `wa-connect webhooks deliveries`")
                    }
                case (nil, let webhook?): print(try database.deliveries.replayDead(webhook: webhook, now: now))
                default: throw ShellFailure.usage("give the number of a delivery, or --dead and the number of a webhook")
                }
            }
            _ = DoorbellCall(loaded.runDirectory)?.send("webhooks")
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a webhook with its deliveries.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Number of the webhook.") var id: Int64

        func run() throws {
            try common.load().inDatabase { database in
                guard try database.webhooks.delete(id: id) else {
                    throw ShellFailure.failed("no webhook \(id); see `wa-connect webhooks list`")
                }
            }
        }
    }
}
