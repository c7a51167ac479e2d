extension PhoneNumber {
    /// Other ways in which the same line may be registered on WhatsApp: countries have changed the form of their mobile numbers, and accounts keep the one
    /// that they began with. None of them is right by rule; only the service knows.
    package var variants: [PhoneNumber] {
        switch true {
        // Brazil: mobile numbers got a 9 behind the area code of two digits.
        case digits.hasPrefix("55") && digits.utf8.count == 13 && digit(4) == "9": [removing(at: 4)]
        case digits.hasPrefix("55") && digits.utf8.count == 12 && ("6"..."9").contains(digit(4)): [inserting("9", at: 4)]
        // Mexico: 1 behind the country code, until 2019.
        case digits.hasPrefix("521") && digits.utf8.count == 13: [removing(at: 2)]
        case digits.hasPrefix("52") && digits.utf8.count == 12: [inserting("1", at: 2)]
        // Argentina: 9 behind the country code in international calls to mobiles.
        case digits.hasPrefix("549") && digits.utf8.count == 13: [removing(at: 2)]
        case digits.hasPrefix("54") && digits.utf8.count == 12: [inserting("9", at: 2)]
        default: []
        }
    }

    private func digit(_ offset: Int) -> Character { digits.dropFirst(offset).first ?? "0" }

    private func removing(at offset: Int) -> PhoneNumber {
        PhoneNumber(unchecked: String(digits.prefix(offset)) + digits.dropFirst(offset + 1))
    }

    private func inserting(_ digit: String, at offset: Int) -> PhoneNumber {
        PhoneNumber(unchecked: String(digits.prefix(offset)) + digit + digits.dropFirst(offset))
    }
}
