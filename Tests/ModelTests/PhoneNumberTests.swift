import Testing

@testable import Model

@Suite struct PhoneNumberTests {
    @Test(arguments: [
        ("96891234567", "96891234567"), ("+968 9123-4567", "96891234567"), ("00968 91.23.45.67", "96891234567"),
        ("(968) [9123] 4567", "96891234567"), ("٩٦٨٩١٢٣٤٥٦٧", "96891234567"), ("\u{202A}+968 91234567\u{202C}", "96891234567"),
        ("1234567", "1234567"), ("123456789012345", "123456789012345"),
    ])
    func read(_ text: String, _ digits: String) throws {
        #expect(try PhoneNumber(parsing: text).digits == digits)
    }

    @Test func defaultCountryReplacesASingleZero() throws {
        #expect(try PhoneNumber(parsing: "091234567", defaultCountry: "968").digits == "96891234567")
        #expect(try PhoneNumber(parsing: "0096891234567", defaultCountry: "49").digits == "96891234567")
        #expect(try PhoneNumber(parsing: "96891234567", defaultCountry: "49").digits == "96891234567")
        #expect(throws: PhoneNumberError.noCountryCode) { try PhoneNumber(parsing: "091234567") }
        #expect(throws: PhoneNumberError.noCountryCode) { try PhoneNumber(parsing: "+091234567", defaultCountry: "968") }
    }

    @Test func refused() {
        #expect(throws: PhoneNumberError.tooFewDigits(6)) { try PhoneNumber(parsing: "123456") }
        #expect(throws: PhoneNumberError.tooManyDigits(16)) { try PhoneNumber(parsing: "1234567890123456") }
        for text in ["968 9123 456x", "+-+968", "968+91234567", "9689123\u{0}4567", "968/91234567"] {
            #expect(throws: PhoneNumberError.badCharacter) { try PhoneNumber(parsing: text) }
        }
        #expect(throws: PhoneNumberError.self) { try PhoneNumber(parsing: String(repeating: "9", count: 1_000_000)) }
    }
}
