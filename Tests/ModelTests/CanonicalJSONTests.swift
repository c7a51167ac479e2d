import Testing

@testable import Model

struct CanonicalJSONTests {
    @Test func textStaysAsItIs() {
        let text = "Grüße/😀 \u{2028}\u{2029} \"quoted\" \\ שלום \u{7F}"
        #expect(CanonicalJSON.text(.string(text)) == "\"Grüße/😀 \u{2028}\u{2029} \\\"quoted\\\" \\\\ שלום \u{7F}\"")
    }

    @Test func controlCharactersAreEscapedAsJavaScriptDoes() {
        #expect(CanonicalJSON.text("\u{00}\u{08}\t\n\u{0B}\u{0C}\r\u{1F}") == #""\u0000\b\t\n\u000b\f\r\u001f""#)
    }

    // Expected texts as printed by Node's JSON.stringify.
    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (1, "1"), (23.588, "23.588"), (-58.3829, "-58.3829"), (0.1 + 0.2, "0.30000000000000004"),
        (1e21, "1e+21"), (1e20, "100000000000000000000"), (123_456_789_012_345_683_968, "123456789012345680000"),
        (1e-6, "0.000001"), (1e-7, "1e-7"), (1.5e-9, "1.5e-9"), (.leastNonzeroMagnitude, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"),
        (.infinity, "null"), (.nan, "null"), (123456.789e3, "123456789"), (4.35, "4.35"), (1e16, "10000000000000000"),
    ])
    func numbersAreTheShortest(_ value: Double, _ text: String) {
        #expect(CanonicalJSON.text(.double(value)) == text)
    }

    @Test func integersBeyondJavaScriptBecomeText() {
        #expect(CanonicalJSON.text(.integer(9_007_199_254_740_991)) == "9007199254740991")
        #expect(CanonicalJSON.text(.integer(9_007_199_254_740_992)) == "\"9007199254740992\"")
        #expect(CanonicalJSON.text(.integer(.min)) == "\"-9223372036854775808\"")
    }

    @Test func objectsKeepTheirOrderAndDropAbsentMembers() {
        let value: JSONValue = .members(["b": .array([1, .null, true]), "a": .object([]), "c": nil, "d": .text(nil)])
        #expect(CanonicalJSON.text(value) == #"{"b":[1,null,true],"a":{},"d":null}"#)
    }
}
