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
    /// What came with the request.
    let file: SpoolFile?

    init(_ call: Call) throws {
        let body = try FileBody(call, kind: nil)
        let fields = body.fields
        file = body.file
        let most = call.settings.bulkRecipients
        let expected = "a list of 1 to \(most) phone numbers with country code"
        guard let recipients = try fields.optionalList("recipients", expected: expected) else {
            throw FieldError("recipients", .missing, expected: expected)
        }
        guard !recipients.isEmpty else { throw FieldError("recipients", .empty, expected: expected) }
        guard recipients.count <= most else { throw FieldError("recipients", .tooLong(limit: most, unit: "recipients"), expected: expected) }
        self.recipients = recipients
        message = try OutgoingMessage(try Self.kind(fields, file), fields: fields, to: Self.nobody, defaultCountry: call.settings.defaultCountry)
        delay = try fields.optionalInteger("delay", in: Limits.bulkPaces) ?? call.settings.bulkPace
        wish = try DeliveryWish(fields, call)
    }

    /// As `type` says, else as the fields do that are there.
    private static func kind(_ fields: Fields, _ file: SpoolFile?) throws -> MessageType {
        let kinds: [MessageType] = [.text, .image, .document, .video, .audio, .location, .contact]
        let expected = "one of " + kinds.map(\.rawValue).joined(separator: ", ")
        var kind = MediaKind.allCases.first { fields[$0.field].map { $0 != "" } ?? false }?.messageType
        if let text = try fields.optionalText("type", limit: Limits.nameCharacters, expected: expected), !text.isEmpty {
            guard let named = MessageType(rawValue: text), kinds.contains(named) else { throw FieldError("type", .badValue, expected: expected) }
            kind = named
        }
        guard let file else { return kind ?? .text }
        let files = MediaKind.allCases.map(\.rawValue).joined(separator: ", ")
        guard let media = kind.flatMap({ MediaKind(rawValue: $0.rawValue) }) else {
            throw FieldError("type", kind == nil ? .missing : .badValue, expected: "what the file is sent as: \(files)")
        }
        guard file.length <= media.maximumBytes else { throw Problem.fileTooLarge("file", limit: media.maximumBytes) }
        return media.messageType
    }

    /// Stands for the recipient while the message is checked.
    private static let nobody = "15550100000"

    /// 64 hex digits that two requests share when they ask for the same.
    var digest: String {
        let content: [JSONValue] = [
            "bulk", .string(message.kind.rawValue), .array(recipients), file.map { message.payload(naming: $0.digest) } ?? message.payload, .integer(delay), .text(wish.sendAt?.iso8601),
        ]
        return Hex.encode(SHA256.hash(CanonicalJSON.bytes(.array(content))))
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
