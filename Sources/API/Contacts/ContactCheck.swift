import Model
import Store

/// `POST contacts/check`: is a number on WhatsApp? The reference's answer has no `data`; `phones` asks for several at once.
enum ContactCheck {
    static let answer: @Sendable (Call) throws -> Success = { call in
        let fields = try call.fields()
        if let phones = fields["phones"] { return try many(phones, call) }
        let number = try number(fields["phone"], "phone", call)
        try call.requireConnection()
        guard let row = try NumberCheck(call: call).answers([number]).first else { throw Problem.internalError }
        guard let contact = try contact(row, call) else {
            return Success(extra: [JSONMember("exists", false), JSONMember("message", "Number is not on WhatsApp")])
        }
        return Success(
            extra: [JSONMember("exists", true), JSONMember("message", "Number is on WhatsApp"), JSONMember("contact", contact)])
    }

    private static func many(_ phones: JSONValue, _ call: Call) throws -> Success {
        let expected = "a list of 1 to \(Limits.checkNumbers) phone numbers"
        guard case .array(let values) = phones else { throw FieldError("phones", .wrongType, expected: expected) }
        guard (1...Limits.checkNumbers).contains(values.count) else { throw FieldError("phones", .badValue, expected: expected) }
        let numbers = try values.enumerated().map { try number($1, "phones[\($0)]", call) }
        try call.requireConnection()
        let results = try zip(values, try NumberCheck(call: call).answers(numbers)).map { value, row in
            let contact = try contact(row, call)
            return JSONValue.object(
                [JSONMember("phone", value), JSONMember("exists", .bool(contact != nil))]
                    + (contact.map { [JSONMember("contact", $0)] } ?? []))
        }
        return Success(extra: [JSONMember("message", .string("\(results.count) numbers checked")), JSONMember("results", .array(results))])
    }

    private static func number(_ value: JSONValue?, _ field: String, _ call: Call) throws -> String {
        let expected = "a phone number with country code such as 96812345678"
        if value == nil { throw FieldError(field, .missing, expected: expected) }
        let jid = try Recipient.jid(of: value, field: field, defaultCountry: call.settings.defaultCountry)
        guard jid.server == .phoneNumber else { throw FieldError(field, .badValue, expected: expected) }
        return jid.user
    }

    /// nil where nobody is there.
    private static func contact(_ row: NumberRow, _ call: Call) throws -> JSONValue? {
        guard let number = row.registeredNumber else { return nil }
        let known = try call.database.contacts.find(ContactAddress(phoneNumber: number, lid: row.lid), session: call.key.sessionID)
        return .members([
            "jid": .string("\(number)@\(JID.Server.phoneNumber.rawValue)"), "phone": .string(number), "name": .text(known?.name),
            "lid": .text(row.lid.map { "\($0)@\(JID.Server.lid.rawValue)" }),
        ])
    }
}
