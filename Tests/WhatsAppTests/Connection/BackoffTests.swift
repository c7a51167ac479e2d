import Testing
@testable import WhatsApp

@Suite struct BackoffTests {
    private func expect(_ wait: Int64, near seconds: Int64, _ location: SourceLocation = #_sourceLocation) {
        #expect((seconds * 900...min(seconds * 1_100, 900_000)).contains(wait), "\(wait) ms", sourceLocation: location)
    }

    @Test func fibonacciUpToTheLongestWait() {
        var (backoff, rng) = (Backoff(), Jitter(seed: 1))
        for seconds: Int64 in [1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 900, 900, 900] {
            expect(backoff.wait(afterLiving: 29_999, using: &rng), near: seconds)
        }
    }

    @Test func aConnectionThatLivedStartsAgain() {
        var (backoff, rng) = (Backoff(), Jitter(seed: 2))
        for _ in 0..<6 { _ = backoff.wait(afterLiving: 0, using: &rng) }
        expect(backoff.wait(afterLiving: 30_000, using: &rng), near: 1)
        expect(backoff.wait(afterLiving: 0, using: &rng), near: 1)
    }

    @Test func rateLimitsCountFiveSteps() {
        var (backoff, rng) = (Backoff(), Jitter(seed: 3))
        expect(backoff.wait(afterLiving: 0, extraSteps: 5, using: &rng), near: 8)
        expect(backoff.wait(afterLiving: 0, using: &rng), near: 13)
        for steps in [Int.max, 100] { expect(backoff.wait(afterLiving: 0, extraSteps: steps, using: &rng), near: 900) }
        var fresh = Backoff()
        expect(fresh.wait(afterLiving: -1, extraSteps: .min, using: &rng), near: 1)
    }

    @Test func jitterSpreads() {
        var rng = Jitter(seed: 4)
        let waits = Set(
            (0..<100).map { _ in
                var backoff = Backoff()
                return backoff.wait(afterLiving: 0, extraSteps: 9, using: &rng)
            })
        #expect(waits.count > 90)
    }
}
