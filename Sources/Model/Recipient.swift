/// To whom a message goes: a person by phone number or LID, or a group.
package enum Recipient {
    package static let expected = "a phone number with country code such as 96812345678, or a JID ending in @s.whatsapp.net, @g.us or @lid"

    /// Reads the `to` of requests and rows: a number as text or integer, or a JID, which is used as it is.
    /// - Parameters:
    ///   - field: the field's name for errors.
    ///   - defaultCountry: see ``PhoneNumber/init(parsing:defaultCountry:)``.
    package static func jid(of value: JSONValue?, field: String = "to", defaultCountry: String? = nil) throws(FieldError) -> JID {
        switch value {
        case nil, .null: throw FieldError(field, .missing, expected: expected)
        // A dash is a separator in texts; an integer below zero is nobody's number.
        case .integer(let number) where number < 0: throw FieldError(field, .badValue, expected: expected)
        case .integer(let number): return try jid(of: String(number), field: field, defaultCountry: defaultCountry)
        case .string(let text): return try jid(of: text, field: field, defaultCountry: defaultCountry)
        default: throw FieldError(field, .wrongType, expected: expected)
        }
    }

    private static func jid(of text: String, field: String, defaultCountry: String?) throws(FieldError) -> JID {
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw FieldError(field, .empty, expected: expected)
        }
        if text.utf8.contains(UInt8(ascii: "@")) {
            guard let jid = known(JID(parsing: text)) else { throw FieldError(field, .badValue, expected: expected) }
            return jid
        }
        do {
            return try PhoneNumber(parsing: text, defaultCountry: defaultCountry).jid
        } catch {
            throw FieldError(field, .badValue, expected: words(for: error))
        }
    }

    /// The JID without its device, nil unless it is one that messages can go to.
    private static func known(_ jid: JID?) -> JID? {
        guard let jid else { return nil }
        let user = jid.user.utf8
        let digitsOnly = user.allSatisfy { (0x30...0x39).contains($0) }
        switch jid.server {
        case .phoneNumber: return digitsOnly && Limits.phoneDigits.contains(user.count) ? jid.bare : nil
        case .lid: return digitsOnly && user.count <= 20 ? jid.bare : nil
        case .group: return user.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") } ? jid.bare : nil
        default: return nil
        }
    }

    private static func words(for error: PhoneNumberError) -> String {
        switch error {
        case .badCharacter: expected
        case .tooFewDigits(let count): "7 to 15 digits with the country code, not \(count)"
        case .tooManyDigits(let count): "7 to 15 digits with the country code, not \(count)"
        case .noCountryCode: "the country code in front, such as 96812345678 (or a setting numbers.default_country)"
        }
    }
}
