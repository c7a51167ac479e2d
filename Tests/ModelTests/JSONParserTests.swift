import Testing

@testable import Model

@Suite struct JSONParserTests {
    @Test func everyKindOfValue() throws {
        let value = try JSONParser.parse(#" {"a":[1,-2.5e3,true,false,null,"x\n\u00e9\ud83d\ude00\/"],"b":{},"c":[]} "#)
        #expect(
            value
                == .object([
                    JSONMember("a", .array([.integer(1), .double(-2500), .bool(true), .bool(false), .null, .string("x\né😀/")])),
                    JSONMember("b", .object([])), JSONMember("c", .array([])),
                ]))
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let text = #"{"message":"سلام \"😀\" \\ \u0001","n":[0.1,12345678901234]}"#
        #expect(CanonicalJSON.text(try JSONParser.parse(text)) == text)
    }

    @Test func byteOrderMarkIsSkipped() throws {
        #expect(try JSONParser.parse([0xEF, 0xBB, 0xBF] + Array("1".utf8)) == .integer(1))
    }

    @Test func numbersTooLargeAreDoubles() throws {
        #expect(try JSONParser.parse("9223372036854775807") == .integer(.max))
        #expect(try JSONParser.parse("9223372036854775808") == .double(9.223372036854775808e18))
        #expect(try JSONParser.parse("1e999") == .double(.infinity))
        #expect(try JSONParser.parse(String(repeating: "9", count: 5_000)) == .double(.infinity))
    }

    @Test(arguments: [
        "", "{", "}", "[1,", "[1 2]", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\":1,}", "[1,]", "01", "1.", ".5", "-", "1e", "+1", "tru", "nul",
        "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\u{1}\"", "1 2", "NaN", "'a'", "\"\\u+123\"",
    ])
    func refused(_ text: String) {
        #expect(throws: JSONError.self) { try JSONParser.parse(text) }
    }

    @Test func badUTF8IsRefused() {
        for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xFF]] {
            #expect(throws: JSONError.self) { try JSONParser.parse(bytes) }
        }
    }

    @Test func depthIsBounded() throws {
        let depth = JSONParser.depthLimit
        _ = try JSONParser.parse(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
        let error = #expect(throws: JSONError.self) { try JSONParser.parse(String(repeating: "[", count: 500_000)) }
        #expect(error?.reason == .tooDeep)
        #expect(throws: JSONError.self) { try JSONParser.parse(String(repeating: "{\"a\":", count: 100_000)) }
    }

    @Test func everyPrefixOfAValueIsRefusedWithoutATrap() {
        let text = Array(#"{"a":[1,-2.5e3,true,null,"x\n\u00e9\ud83d\ude00"],"b":{"c":false}}"#.utf8)
        for count in 0..<text.count {
            #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.prefix(count))) }
        }
    }
}
