/// Somebody's name and number, to be sent as a contact card.
package struct ContactCard: Sendable, Equatable {
    package var name: String
    /// Digits, in international form.
    package var phoneNumber: String

    package init(name: String, phoneNumber: String) {
        self.name = name
        self.phoneNumber = phoneNumber
    }
}

extension ContactCard {
    init(_ fields: Fields, defaultCountry: String?) throws(FieldError) {
        let words = "the name on the card, without line breaks or other control characters"
        name = try fields.text("contactName", limit: Limits.nameCharacters, expected: words)
        // A card has one line for each property: what ends a line would begin another property.
        guard !name.unicodeScalars.contains(where: Self.endsLine) else { throw FieldError("contactName", .badValue, expected: words) }
        let jid = try Recipient.jid(of: fields["contactPhone"], field: "contactPhone", defaultCountry: defaultCountry)
        guard jid.server == .phoneNumber else {
            throw FieldError("contactPhone", .badValue, expected: "a phone number with country code such as +96812345678")
        }
        phoneNumber = jid.user
    }

    private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
    }

    var payload: [JSONMember] {
        [JSONMember("contactName", .string(name)), JSONMember("contactPhone", .string("+" + phoneNumber))]
    }
}
