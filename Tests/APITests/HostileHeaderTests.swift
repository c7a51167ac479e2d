import Model
import Testing

@testable import API

@Suite struct HostileHeaderTests {
    @Test(arguments: [
        "10.0.0.1\u{0}", "10.0.0.1\u{0}\(String(repeating: "9", count: 500))", "::1\u{0}x", "", "/", "1.2.3.4/", "1.2.3.4/-1", "1.2.3.4/33",
        "::/129", "1.2.3",
    ])
    func addressesThatAreNone(_ text: String) {
        #expect(AddressRange(text) == nil)
        #expect(ClientAddress(peer: text, forwarded: nil, trusted: []).text == "unknown")
        #expect(ClientAddress(peer: "10.0.0.1", forwarded: text, trusted: ["10.0.0.1"]).text == "10.0.0.1")
    }

    @Test(arguments: ["203.0.113.9", "::ffff:203.0.113.9", "::FFFF:203.0.113.9", "0:0:0:0:0:ffff:cb00:7109"])
    func oneClientIsCountedOnce(_ spelling: String) {
        #expect(ClientAddress(peer: spelling, forwarded: nil, trusted: []).limitSubject == "203.0.113.9")
    }

    @Test(arguments: [
        ("%", "%", ""), ("%f=1", "%f", "1"), ("%zz=%", "%zz", "%"), ("%25%=2", "%%", "2"), ("a]=3", "a]", "3"), ("[x]=4", "[x]", "4"),
        ("a[x]=5", "a[x]", "5"),
        ("&&b==&", "b", "="), ("[]=6", "[]", "6"), ("a=%00", "a", "\u{0}"),
    ])
    func formsOfOddSpelling(_ form: String, _ name: String, _ value: String) throws {
        #expect(try FormBody.fields(Array(form.utf8), place: "the body")[name] == .string(value))
    }

    @Test(arguments: ["a=%ff", "%c3=1", "%ed%a0%80=1"])
    func formsThatAreNotUTF8(_ form: String) { #expect(throws: Problem.self) { try FormBody.fields(Array(form.utf8), place: "the body") } }

    @Test(arguments: [
        "--b", "--b\r\n", "--b\r\n\r\n--b--", "--b\r\n\r\n\r\n", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "x",
    ])
    func multipartsCutShort(_ body: String) { #expect(throws: Problem.self) { try MultipartBody.fields(Array(body.utf8), boundary: "b") } }
}
