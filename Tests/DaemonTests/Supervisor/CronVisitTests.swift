import Model
import Store
import Testing

@testable import Daemon

struct CronVisitTests {
    private let began = Timestamp(seconds: 1_790_000_000)

    /// The second in which the visit is over, of sweeps every three seconds; nil within an hour.
    private func end(_ work: (Int64) -> OpenWork) -> Int64? {
        var visit = CronVisit(began: began)
        return stride(from: 0, through: 3_600, by: 3).first { visit.isOver(work($0), at: began.adding(milliseconds: $0 * 1_000)) }
    }

    @Test func leavesSoonWhereNothingIsToBeDone() { #expect(end { _ in OpenWork() } == 15) }

    @Test func waitsForTheConnectionTheWorkAndWhatComesIn() {
        #expect(end { OpenWork(isConnecting: $0 < 30) } == 42)
        #expect(end { OpenWork(isDue: $0 < 60) } == 72)
        #expect(end { OpenWork(newestMessage: min($0, 90)) } == 105)
        #expect(end { OpenWork(isDue: $0 % 9 == 0) } == 600, "a pause of six seconds is none")
    }

    @Test func staysNoLongerThanHostsBear() { #expect(end { _ in OpenWork(isConnecting: true, isDue: true) } == 600) }

    @Test func staysAsLongAsSomebodyIsLinking() { #expect(end { OpenWork(isLinking: $0 < 900) } == 900) }
}
