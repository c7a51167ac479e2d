import Model
import WhatsApp

/// Texts that people, sites and databases supply.
extension FuzzTarget {
    static let json = FuzzTarget(
        name: "json",
        seeds: {
            texts(
                #"{"to":"96891234567","message":"Hi \ud83d\ude00 \n","flag":true,"n":[1,-2.5e3,null,0.1]}"#, #"[[[[{"a":{"b":[]}}]]]]"#,
                "[1e400,-0,12345678901234567890]", String(repeating: "[", count: 70))
        },
        prepare: {
            { input, _ in
                guard let value = try? JSONParser.parse(input) else { return }
                // What was read is written in one form, which is read back; the first time, a large number may become a text.
                let first = CanonicalJSON.text(value)
                let text = CanonicalJSON.text((try? JSONParser.parse(first)) ?? .null)
                guard let again = try? JSONParser.parse(text), (try? JSONParser.parse(first)) != nil else {
                    throw FuzzFinding(rule: "own JSON is refused")
                }
                guard CanonicalJSON.text(again) == text else { throw FuzzFinding(rule: "JSON is not stable") }
                if case .object(let members) = value { try read(Fields(members)) }
            }
        })

    private static func read(_ fields: Fields) throws {
        _ = (try? fields.optionalFlag("flag"), try? fields.optionalInteger("n", in: 0...9))
        for kind in MessageType.allCases {
            guard let message = try? OutgoingMessage(kind, fields: fields, defaultCountry: "968") else { continue }
            guard message.recipient.isWellFormed else { throw FuzzFinding(rule: "recipients fit into the database") }
            let again: OutgoingMessage
            guard case .object(let members) = message.payload else { throw FuzzFinding(rule: "a payload is an object") }
            again = try OutgoingMessage(kind, fields: Fields(members), to: message.recipient.description)
            guard again == message else { throw FuzzFinding(rule: "a stored message is the message") }
            _ = IdempotencyKey.digest(of: message)
        }
    }

    /// Addresses, numbers, moments and keys, each reader on every text.
    static let words = FuzzTarget(
        name: "words",
        seeds: {
            texts(
                "96891234567:3@s.whatsapp.net", "1234.1:65535@lid", "120363-1@g.us", "s.whatsapp.net", "+968 (91) 23-45.67",
                "0096891234567",
                "\u{661}\u{662}\u{663}\u{664}\u{665}\u{666}\u{667}", "2026-02-27T10:00:00.123456789Z", "2024-02-29 23:59:59",
                "0000-01-01T00:00:00Z",
                "order-4711", " key\t")
        },
        prepare: {
            { input, _ in
                let text = String(decoding: input, as: UTF8.self)
                if let jid = JID(parsing: text) {
                    guard jid.isWellFormed, jid.description.utf8.count <= Limits.jidBytes else {
                        throw FuzzFinding(rule: "addresses are bounded")
                    }
                    guard JID(parsing: jid.description) == jid else { throw FuzzFinding(rule: "an address reads back") }
                }
                for country in [nil, "968"] {
                    if let number = try? PhoneNumber(parsing: text, defaultCountry: country),
                        !Limits.phoneDigits.contains(number.digits.utf8.count)
                    {
                        throw FuzzFinding(rule: "numbers have 7 to 15 digits")
                    }
                    _ = try? Recipient.jid(of: .string(text), defaultCountry: country)
                }
                if let moment = Timestamp(parsing: text), Timestamp(parsing: moment.iso8601) != moment {
                    throw FuzzFinding(rule: "a moment reads back")
                }
                if let key = IdempotencyKey(text), key.text.utf8.count > Limits.idempotencyKeyBytes {
                    throw FuzzFinding(rule: "keys are bounded")
                }
            }
        })

    /// Every 64-bit number is a moment that can be written.
    static let timestamp = FuzzTarget(
        name: "timestamp",
        seeds: { [[UInt8](repeating: 0, count: 8), [0x80, 0, 0, 0, 0, 0, 0, 0], [0x7F] + [UInt8](repeating: 0xFF, count: 7)] },
        prepare: {
            { input, _ in
                let number = Int64(bitPattern: input.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
                for moment in [Timestamp(milliseconds: number), Timestamp(seconds: number)] {
                    let text = moment.iso8601
                    if moment.isStorable, Timestamp(parsing: text) != moment { throw FuzzFinding(rule: "a moment reads back") }
                    guard moment.seconds <= moment.adding(milliseconds: 1).seconds, moment.sql.utf8.count == text.utf8.count - 1 else {
                        throw FuzzFinding(rule: "moments are ordered")
                    }
                }
            }
        })

    static let configuration = FuzzTarget(
        name: "configuration",
        seeds: {
            let key = String(repeating: "0f", count: 32)
            return texts(
                "# own\ndb.name = wa\ndb.user=\"w a\"\r\nsecret.key = \(key)\nrun.dir = ~/run\napi.socket_mode = 0666\ntrusted_proxies = 10.0.0.0/8, ::1\n",
                "db.name=a\ndb.user=b\nsecret.key=\(key)\nwhatsapp.url=wss://x/y\nwhatsapp.root_key=\(key)\nlog.max_bytes=5000\nfetch.webhook_private=any\n"
            )
        },
        prepare: {
            { input, _ in
                let text = String(decoding: input, as: UTF8.self)
                _ = try? ConfigurationParser.parse(text, environment: ["WA_DB_PORT": String(text.prefix(8))], home: "/home/x")
            }
        })

    static func texts(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }
}
