import Testing

@testable import Model

struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_772_186_400_000, "2026-02-27T10:00:00.000Z"), (951_782_400_001, "2000-02-29T00:00:00.001Z"),
        (-1, "1969-12-31T23:59:59.999Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ])
    func writesAndReads(_ milliseconds: Int64, _ text: String) {
        let moment = Timestamp(milliseconds: milliseconds)
        #expect(moment.iso8601 == text)
        #expect(Timestamp(parsing: text) == moment)
        #expect(Timestamp(parsing: moment.sql) == moment)
    }

    @Test func readsShortAndLongFractions() {
        #expect(Timestamp(parsing: "2026-02-27 10:00:00")?.milliseconds == 1_772_186_400_000)
        #expect(Timestamp(parsing: "2026-02-27 10:00:00.5")?.milliseconds == 1_772_186_400_500)
        #expect(Timestamp(parsing: "2026-02-27T10:00:00.123456Z")?.milliseconds == 1_772_186_400_123)
    }

    @Test(arguments: [
        "", "2026", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z", "2026-01-01T00:00:00+01:00", "2026-01-01T00:00:00.", "2026-01-01T00:00:00.1234567890", "0000-00-00 00:00:00",
        "２０２６-01-01T00:00:00Z",
    ])
    func refuses(_ text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }

    @Test func secondsRoundDown() {
        #expect(Timestamp(milliseconds: -1).seconds == -1)
        #expect(Timestamp(milliseconds: 1_999).seconds == 1)
    }
}
