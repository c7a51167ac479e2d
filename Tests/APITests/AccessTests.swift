import Testing

@testable import API
@testable import Model
@testable import Store

@Suite struct AccessTests {
    @Test func forwardedAddressesAreBelievedFromTrustedProxiesOnly() {
        func client(_ peer: String, _ forwarded: String?, _ trusted: [String]) -> String {
            ClientAddress(peer: peer, forwarded: forwarded, trusted: trusted).text
        }
        #expect(client("203.0.113.9", "1.2.3.4", []) == "203.0.113.9")
        #expect(client("127.0.0.1", "1.2.3.4", ["127.0.0.1"]) == "1.2.3.4")
        #expect(client("127.0.0.1", "6.6.6.6, 1.2.3.4", ["127.0.0.1"]) == "1.2.3.4")
        #expect(client("10.0.0.2", "9.9.9.9, 1.2.3.4, 10.0.0.3", ["10.0.0.0/8"]) == "1.2.3.4")
        #expect(client("10.0.0.2", "nonsense", ["10.0.0.0/8"]) == "10.0.0.2")
        #expect(client("::1", "2001:db8::7", ["::1/128"]) == "2001:db8::7")
        #expect(client("", nil, []) == "unknown")
        #expect(client("unix:", nil, ["nonsense"]) == "unknown")
    }

    @Test func ranges() {
        #expect(AddressRange.contains("10.255.0.1", in: ["10.0.0.0/8"]))
        #expect(!AddressRange.contains("11.0.0.1", in: ["10.0.0.0/8"]))
        #expect(AddressRange.contains("192.168.1.130", in: ["192.168.1.128/25"]))
        #expect(!AddressRange.contains("192.168.1.127", in: ["192.168.1.128/25"]))
        #expect(AddressRange.contains("::ffff:10.1.1.1", in: ["10.0.0.0/8"]))
        #expect(AddressRange.contains("8.8.8.8", in: ["0.0.0.0/0"]))
        #expect(!AddressRange.contains("::1", in: ["0.0.0.0/0"]))
        for text in ["", "1.2.3", "1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/", "::/129", "x", "1.2.3.4/8/8"] {
            #expect(AddressRange(text) == nil)
        }
    }

    @Test func oneIPv6CustomerIsOneSubject() {
        func subject(_ text: String) -> String { ClientAddress(peer: text, forwarded: nil, trusted: []).limitSubject }
        #expect(subject("2001:db8:1:2:3::4") == subject("2001:db8:1:2:ffff::9"))
        #expect(subject("2001:db8:1:2::1") != subject("2001:db8:1:3::1"))
        #expect(subject("1.2.3.4") == "1.2.3.4")
        #expect("ip:\(subject("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"))".utf8.count <= 64)
    }

    @Test func settingsIgnoreWhatTheyCannotRead() {
        let odd = OwnerSettings([
            "limits.general": "many", "limits.send": "-1", "time.offset": "4", "numbers.default_country": "96a", "cors.origins": " ",
        ])
        #expect(odd.generalLimit == 100 && odd.sendLimit == 30 && odd.offsetMinutes == 0)
        #expect(odd.defaultCountry == nil && odd.corsOrigins.isEmpty)
        let good = OwnerSettings([
            "limits.general": "0", "limits.send": "5", "time.offset": "-03:30", "numbers.default_country": "+968",
            "cors.origins": "https://a.example, https://b.example",
        ])
        #expect(good.generalLimit == 0 && good.sendLimit == 5 && good.offsetMinutes == -210)
        #expect(good.defaultCountry == "968" && good.corsOrigins.count == 2)
    }

    @Test(arguments: [
        ("+00:00", "2026-02-27T10:00:00.000Z", "2026-02-28T00:00:00.000Z"),
        ("+04:00", "2026-02-27T19:59:59.900Z", "2026-02-27T20:00:00.000Z"),
        ("+04:00", "2026-02-27T20:00:00.000Z", "2026-02-28T20:00:00.000Z"),
        ("-03:30", "2026-02-27T03:29:00.000Z", "2026-02-27T03:30:00.000Z"),
    ])
    func theDayEndsAtTheOwnersMidnight(_ offset: String, _ now: String, _ midnight: String) throws {
        #expect(OwnerSettings(["time.offset": offset]).nextMidnight(after: try #require(Timestamp(parsing: now))).iso8601 == midnight)
    }

    @Test func tightestLimitIsTheOneThatStopsFirst() {
        let a = LimitState(limitClass: "general", isAllowed: true, limit: 100, remaining: 5, resetSeconds: 10)
        let b = LimitState(limitClass: "daily", isAllowed: true, limit: 1_000, remaining: 4, resetSeconds: 20)
        let c = LimitState(limitClass: "send", isAllowed: true, limit: 30, remaining: 4, resetSeconds: 90)
        #expect(LimitState.tightest([a, b, c]) == c)
        #expect(LimitState.tightest([]) == nil)
    }

    @Test func browsersMayOnlyFromNamedOrigins() {
        let settings = OwnerSettings(["cors.origins": "https://a.example"])
        func allowed(_ origin: String?) -> Bool {
            var request = Request(method: "GET", target: "/")
            request.headers["origin"] = origin
            return !CrossOrigin.headers(for: request, settings).isEmpty
        }
        #expect(allowed("https://a.example") && allowed("https://A.example"))
        #expect(!allowed("https://b.example") && !allowed(nil) && !allowed("https://a.example.evil"))
        let all = OwnerSettings(["cors.origins": "*"])
        #expect(CrossOrigin.headers(for: Request(method: "GET", target: "/", headers: ["origin": "x\r\nSet-Cookie: a"]), all).isEmpty)
    }
}
