import CryptoPrimitives
import Model
import Store

/// The body of `POST messages/send-bulk`, checked but for the single recipients: a bad one is a failed row of the answer.
struct BulkRequest {
    let recipients: [JSONValue]
    /// Its recipient is nobody's.
    let message: OutgoingMessage
    let delay: Int64
    let wish: DeliveryWish

    init(_ call: Call) throws {
        let fields = try call.fields()
        let most = call.settings.bulkRecipients
        let expected = "a list of 1 to \(most) phone numbers with country code"
        guard let recipients = try fields.optionalList("recipients", expected: expected) else {
            throw FieldError("recipients", .missing, expected: expected)
        }
        guard !recipients.isEmpty else { throw FieldError("recipients", .empty, expected: expected) }
        guard recipients.count <= most else { throw FieldError("recipients", .tooLong(limit: most, unit: "recipients"), expected: expected) }
        self.recipients = recipients
        message = try OutgoingMessage(.text, fields: fields, to: Self.nobody)
        delay = try fields.optionalInteger("delay", in: Limits.bulkPaces) ?? call.settings.bulkPace
        wish = try DeliveryWish(fields, call)
    }

    /// Stands for the recipient while the message is checked.
    private static let nobody = "15550100000"

    /// 64 hex digits that two requests share when they ask for the same.
    var digest: String {
        let content: [JSONValue] = [
            "bulk", .string(message.kind.rawValue), .array(recipients), message.payload, .integer(delay), .text(wish.sendAt?.iso8601),
        ]
        return Hex.encode(SHA256.hash(Array(CanonicalJSON.text(.array(content)).utf8)))
    }

    /// Each recipient with what becomes of it: who is no number, stands earlier in the list, or has opted out, is not sent to.
    func checked(_ call: Call) throws -> [NewBulk.Recipient] {
        let parsed = recipients.map { value in
            Result { () throws(FieldError) in try Recipient.jid(of: value, defaultCountry: call.settings.defaultCountry) }
        }
        let optedOut = try call.database.optOuts.among(parsed.compactMap { try? $0.get() }.filter { $0.server == .phoneNumber }.map(\.user))
        var seen: [JID: Int] = [:]
        var checked: [NewBulk.Recipient] = []
        for (index, (value, result)) in zip(recipients, parsed).enumerated() {
            let given = Self.echo(value)
            switch result {
            case .failure(let error):
                checked.append(
                    NewBulk.Recipient(to: Self.words(value), given: given, failure: .init(code: "invalid_recipient", text: error.description)))
            case .success(let jid):
                let failure = try failure(jid, earlier: seen[jid], optedOut: optedOut, call)
                checked.append(NewBulk.Recipient(to: jid.description, given: given, failure: failure))
                if seen[jid] == nil { seen[jid] = index }
            }
        }
        return checked
    }

    private func failure(_ jid: JID, earlier: Int?, optedOut: Set<String>, _ call: Call) throws -> NewBulk.Failure? {
        if let earlier {
            return .init(code: "duplicate", text: "the same recipient as number \(earlier + 1) of the list; the message goes there once")
        }
        let isOptedOut =
            jid.isLID
            ? try call.database.optOuts.contains(ContactAddress(jid), session: call.key.sessionID) : optedOut.contains(jid.user)
        return isOptedOut ? .init(code: "opted_out", text: "\(jid.user) stands in wa_opt_outs; nothing was sent") : nil
    }

    /// The recipient as the answer repeats it; of what no recipient can be, the beginning.
    private static func echo(_ value: JSONValue) -> String {
        let text = CanonicalJSON.text(value)
        return text.unicodeScalars.count <= 600 ? text : CanonicalJSON.text(.string(beginning(words(value), 200)))
    }

    private static func words(_ value: JSONValue) -> String {
        if case .string(let text) = value { return beginning(text, 128) }
        return beginning(CanonicalJSON.text(value), 128)
    }

    private static func beginning(_ text: String, _ count: Int) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(count)))
    }
}
