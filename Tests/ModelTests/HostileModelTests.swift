import Testing

@testable import Model

@Suite struct HostileModelTests {
    @Test(arguments: [Int64.min, .min + 1, .min + 998, -1, 0, .max - 1, .max])
    func everyMomentCanBeWritten(_ number: Int64) {
        for moment in [Timestamp(milliseconds: number), Timestamp(seconds: number)] {
            #expect(moment.iso8601.hasSuffix("Z"))
            #expect(moment.seconds <= moment.adding(milliseconds: .max).seconds)
            #expect(moment.adding(milliseconds: .min) <= moment)
        }
        #expect(Timestamp(milliseconds: number).seconds == Int64((Double(number) / 1_000).rounded(.down)) || abs(number / 1_000) > 1 << 52)
    }

    @Test func momentsThatTheDatabaseHolds() {
        #expect(Timestamp(seconds: 0).isStorable)
        #expect(Timestamp(parsing: "9999-12-31T23:59:59.999Z")?.isStorable == true)
        #expect(!Timestamp(milliseconds: -1).isStorable)
        #expect(!Timestamp(seconds: 253_402_300_800).isStorable)
        #expect(!Timestamp(seconds: .max).isStorable)
    }

    @Test(arguments: [
        "1234567890123456789012@s.whatsapp.net", "\(String(repeating: "1", count: 65))@lid", "\(String(repeating: "1", count: 121))@g.us",
        "1:65536@lid", "1:-1@lid", "a@b@lid", "1:0:0@g.us", "\u{0}@lid", "\u{661}@lid", "@", ":1@lid", "1@", "",
    ])
    func addressesThatAreNone(_ text: String) { #expect(JID(parsing: text) == nil) }

    @Test(arguments: [
        JID(user: "\u{1F600}", server: .group), JID(user: "a b", server: .lid),
        JID(user: String(repeating: "1", count: 21), server: .phoneNumber),
        JID(user: String(repeating: "1", count: 200), server: .group), JID(user: "1", server: JID.Server(rawValue: "x\u{0}")),
    ])
    func typedAddressesThatNoColumnHolds(_ jid: JID) { #expect(!jid.isWellFormed) }

    @Test func wellFormedAddresses() {
        #expect(JID(user: "96890000001", server: .phoneNumber, device: 65_535).isWellFormed)
        #expect(JID(user: "96890000001-1400000000", server: .group).isWellFormed)
        #expect(JID.service.isWellFormed)
    }

    @Test func nestedAndTruncatedJSON() {
        #expect(throws: JSONError.self) { try JSONParser.parse(String(repeating: "[", count: 1_000_000)) }
        #expect(throws: JSONError.self) { try JSONParser.parse(String(repeating: #"{"a":"#, count: 100_000)) }
        let text = Array(#"{"to":"\ud83d\ude00","n":[1,-2.5e3,null,true]}"#.utf8)
        for length in 0..<text.count { #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.prefix(length))) } }
        #expect(throws: JSONError.self) { try JSONParser.parse(Array("\"".utf8) + [0xC3, 0x28] + Array("\"".utf8)) }
    }

    @Test(arguments: [
        "", "=", "db.name", "db.name = \"", "\u{0} = 1", "api.socket_mode = 99999999999999999999", "db.port = -1", "secret.key = zz",
    ])
    func configurationsThatAreRefused(_ line: String) {
        #expect(throws: ConfigurationError.self) { try ConfigurationParser.parse("db.name=a\ndb.user=b\n" + line, home: "/") }
    }
}
