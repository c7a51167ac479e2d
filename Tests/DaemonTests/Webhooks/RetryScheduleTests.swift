import Testing

@testable import Daemon

struct RetryScheduleTests {
    @Test func readsTheDefaultOfTheSetting() {
        #expect(RetrySchedule(parsing: "10s,1m,5m,30m,2h,6h,24h") == .standard)
        #expect(RetrySchedule(parsing: "5, 1d")?.seconds == [5, 86_400])
    }

    @Test(arguments: ["", "10x", "10s,,1m", "0s", "-5s", "s", "31d", "9223372036854775807h", Array(repeating: "1s", count: 21).joined(separator: ",")])
    func refusesWhatIsNoSchedule(text: String) {
        #expect(RetrySchedule(parsing: text) == nil)
    }

    @Test func waitsAtLeastWhatItPromisesAndAtMostATenthMore() throws {
        var random = SystemRandomNumberGenerator()
        for (index, seconds) in RetrySchedule.standard.seconds.enumerated() {
            let wait = try #require(RetrySchedule.standard.wait(afterFailures: index + 1, using: &random))
            #expect((seconds * 1_000...seconds * 1_100).contains(wait))
        }
        #expect(RetrySchedule.standard.wait(afterFailures: 8, using: &random) == nil)
        #expect(RetrySchedule.standard.wait(afterFailures: 0, using: &random) == nil)
    }
}
