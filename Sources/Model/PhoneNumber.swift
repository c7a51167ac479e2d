/// Why a text is no phone number that WhatsApp could know.
package enum PhoneNumberError: Error, Equatable, Sendable {
    /// Something other than digits, `+`, blanks, dashes, dots and brackets.
    case badCharacter
    case tooFewDigits(Int)
    case tooManyDigits(Int)
    /// A national number (leading 0) where no default country is set, or zeros where the country code should be.
    case noCountryCode
}

/// A phone number in international form: 7 to 15 digits, country code first, no `+` (ITU E.164).
package struct PhoneNumber: Hashable, Sendable, CustomStringConvertible {
    package let digits: String
    package var description: String { digits }
    package var jid: JID { JID(user: digits, server: .phoneNumber) }

    /// - Parameter digits: of a number that was read before.
    init(unchecked digits: String) { self.digits = digits }

    /// Reads a number as people write it: `+968 9123-4567`, `00968 91234567`, `(968) 9123.4567`, Arabic-Indic digits too.
    /// - Parameter defaultCountry: digits of the country code that replaces a single leading 0; nil where none is set.
    package init(parsing text: String, defaultCountry: String? = nil) throws(PhoneNumberError) {
        var digits = ""
        var isInternational = false
        for scalar in text.unicodeScalars {
            if let digit = Self.digit(scalar) {
                digits.append(digit)
            } else if scalar == "+", digits.isEmpty, !isInternational {
                isInternational = true
            } else if !Self.isSeparator(scalar) {
                throw .badCharacter
            }
            // No number is longer with its separators; the rest of a hostile text need not be read.
            guard digits.utf8.count <= 64 else { throw .tooManyDigits(digits.utf8.count) }
        }
        if !isInternational, digits.hasPrefix("00") {
            digits.removeFirst(2)
        } else if !isInternational, digits.hasPrefix("0"), let defaultCountry {
            digits = defaultCountry + digits.dropFirst()
        }
        let count = digits.utf8.count
        guard count >= Limits.phoneDigits.lowerBound else { throw .tooFewDigits(count) }
        guard count <= Limits.phoneDigits.upperBound else { throw .tooManyDigits(count) }
        // No country code begins with 0.
        guard !digits.hasPrefix("0") else { throw .noCountryCode }
        self.digits = digits
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Character? {
        let zero: UInt32
        switch scalar {
        case "0"..."9": zero = 0x30
        case "\u{660}"..."\u{669}": zero = 0x660
        case "\u{6F0}"..."\u{6F9}": zero = 0x6F0
        default: return nil
        }
        return Unicode.Scalar(scalar.value - zero + 0x30).map(Character.init)
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "-", ".", "(", ")", "[", "]", "\t", "\u{A0}", "\u{2010}"..."\u{2013}": true
        // Marks of writing direction and narrow spaces, which copying from a contact list brings along.
        case "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202F}", "\u{2060}"..."\u{2069}": true
        default: false
        }
    }
}
