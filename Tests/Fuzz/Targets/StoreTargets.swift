import Model
@testable import Store
import WhatsApp

/// What stands in the database, which many hands can write to.
extension FuzzTarget {
    /// Rows whose columns have any type and value.
    static let storeRow = FuzzTarget(
        name: "store-row",
        seeds: {
            texts(
                "2026-02-27 10:00:00.000", "connected", "pending", "text", "received", "inbound", "api", "96890000001:3@s.whatsapp.net",
                "0 5:3 70000:1",
                "message.received,*", "-9223372036854775808")
        },
        prepare: {
            guard let key = SecretKey(bytes: [UInt8](repeating: 1, count: 32)) else { throw FuzzFinding(rule: "32 bytes are a key") }
            let sealer = Sealer(key: key)
            return { input, rng in
                let row = hostileRow(input, using: &rng)
                if let session = try? SessionRow(row) { _ = (session.jid?.description, session.connectedAt?.sql) }
                _ = (try? MessageRow(row), try? OutboxRow(row), try? ContactRow(row), try? DeliveryRow(row))
                _ = (try? APIKeyRow(row), try? WebhookRow(row), try? CredentialsRow(row, session: 1, sealer: sealer))
                _ = (try? GroupRow(row, jid: StanzaSeeds.group, members: []), try? GroupMember(row))
                if let list = try? DeviceListRow(row), try DeviceListRow(written(list)) != list {
                    throw FuzzFinding(rule: "a device list reads back")
                }
            }
        })

    private static let columns: [String] = {
        let lists = [
            SessionRow.columns, ContactRow.columns, APIKeyRow.columns, WebhookRow.columns, CredentialsRow.columns, MessageRow.select,
            OutboxRow.select,
            DeliveryRow.select,
            "devices, raw_id, key_index_at, fetched_at, message_status, addressing, participant_version, is_announcement, expiration_seconds, revision, stale, member_jid, other_jid, role",
        ]
        let words = lists.flatMap { $0.split { " ,\n".contains($0) } }.map { $0.split(separator: ".").last.map(String.init) ?? "" }
        return Array(Set(words)).sorted()
    }()

    private static let valid: [SQLValue] = [
        "2026-02-27 10:00:00.000", "connected", "pending", "text", "received", "inbound", "api", "x", 1, 0, .null, .bytes([1, 2, 3]),
    ]

    /// Mostly values that some column wants, so that many readers come far.
    private static func hostileRow(_ input: [UInt8], using rng: inout Jitter) -> Row {
        let hostile: [SQLValue] = [
            .text(String(decoding: input, as: UTF8.self)), .bytes(input), .integer(.min), .integer(.max), .integer(-1), .integer(65_536),
            .null,
            .text("9223372036854775808"), .text(""),
        ]
        let values = columns.map { column in
            guard UInt8.random(in: 0..<16, using: &rng) != 0 else { return hostile.randomElement(using: &rng) ?? .null }
            return fitting(column)
        }
        return Row(columns: Columns(columns), values: values)
    }

    private static func fitting(_ column: String) -> SQLValue {
        switch column {
        case let name where name.hasSuffix("_at"): name == "key_index_at" ? 5 : "2026-02-27 10:00:00.000"
        case "addressing": "lid"
        case "role": "admin"
        case "member_jid", "other_jid": "1@lid"
        case "status", "message_status": "pending"
        case "wanted": "disconnected"
        case "direction": "inbound"
        case "source": "api"
        case "message_type": "text"
        case "devices": "0 5:3"
        case "jid", "lid": "96890000001:3@s.whatsapp.net"
        case let name where name.hasSuffix("id") || name.hasSuffix("limit") || name.hasPrefix("is_"): 1
        case "active", "fence", "generation", "stale", "revision", "expiration_seconds", "attempts", "chat", "sequence", "message_count",
            "last_status_code", "daily_messages":
            1
        default: "x"
        }
    }

    private static func written(_ list: DeviceListRow) -> Row {
        Row(
            columns: Columns(["devices", "raw_id", "key_index_at", "fetched_at"]),
            values: [.text(list.text), .optional(list.rawID.map(Int64.init)), .optional(list.keyIndexTimestamp), .moment(list.fetchedAt)])
    }

    static let sealed = FuzzTarget(
        name: "sealed",
        seeds: {
            guard let key = SecretKey(bytes: [UInt8](repeating: 1, count: 32)) else { return [] }
            return try [[], [1, 2, 3], [UInt8](repeating: 9, count: 100)].map { try Sealer(key: key).seal($0, at: place) }
        },
        prepare: {
            guard let key = SecretKey(bytes: [UInt8](repeating: 1, count: 32)) else { throw FuzzFinding(rule: "32 bytes are a key") }
            let sealer = Sealer(key: key)
            let genuine: Set<[UInt8]> = [[], [1, 2, 3], [UInt8](repeating: 9, count: 100)]
            return { input, _ in
                guard let opened = try? sealer.open(input, at: place) else { return }
                guard genuine.contains(opened) else { throw FuzzFinding(rule: "a changed value is opened") }
            }
        })

    private static let place = SealedPlace("t", "c", row: ["1"])
}
