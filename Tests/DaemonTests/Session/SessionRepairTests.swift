import Model
import Signal
import Store
import Testing

@testable import Daemon

@Suite struct SessionRepairTests {
    private let now = Timestamp(seconds: 1_790_000_000)
    private let baseKey: PublicKey

    init() {
        var random = SystemRandomNumberGenerator()
        baseKey = KeyPair.generate(using: &random).publicKey
    }

    private func repair(
        count: Int, registrationID: UInt32? = 7, keys: Bool = false, _ change: (inout SessionRepair.Situation) -> Void = { _ in }
    ) -> SessionRepair {
        var situation = SessionRepair.Situation(hasSession: true, registrationID: 7, baseKey: baseKey, served: nil, lastRecreated: nil)
        change(&situation)
        return SessionRepair(count: count, registrationID: registrationID, hasKeys: keys, situation: situation, now: now)
    }

    @Test func theFirstRequestIsServedInTheSessionThatStands() {
        let first = repair(count: 1)
        #expect(!first.forgets)
        #expect(first.start == .none)
    }

    @Test func withoutSessionKeysAreFetched() {
        let repair = repair(count: 1) { ($0.hasSession, $0.registrationID, $0.baseKey) = (false, nil, nil) }
        #expect(!repair.forgets)
        #expect(repair.start == .withFetchedKeys)
    }

    @Test func sentKeysStartASessionAndArchiveTheOldOne() {
        let repair = repair(count: 2, keys: true)
        #expect(!repair.forgets)
        #expect(repair.start == .withSentKeys)
    }

    @Test(arguments: [true, false])
    func anotherInstallationHasNoUseForTheOldSession(keys: Bool) {
        let repair = repair(count: 1, registrationID: 8, keys: keys)
        #expect(repair.forgets)
        #expect(repair.start == (keys ? .withSentKeys : .withFetchedKeys))
    }

    @Test func aRegistrationThatIsNotNamedChangesNothing() {
        #expect(!repair(count: 1, registrationID: nil).forgets)
    }

    @Test(arguments: [(2, false), (3, true), (5, true)])
    func theSameSessionAfterTheNotedRequestIsBroken(count: Int, isBroken: Bool) {
        let repair = repair(count: count) {
            $0.served = ServedRetry(attempts: 2, baseKey: baseKey.bytes)
            $0.lastRecreated = now
        }
        #expect(repair.forgets == isBroken)
        #expect(repair.start == (isBroken ? .withFetchedKeys : .none))
    }

    @Test func aSessionThatHasChangedSinceIsKept() {
        let repair = repair(count: 3) {
            $0.served = ServedRetry(attempts: 2, baseKey: [UInt8](repeating: 1, count: 32))
            $0.lastRecreated = now
        }
        #expect(!repair.forgets)
        #expect(repair.start == .none)
    }

    @Test(arguments: [(0, false), (3_599_999, false), (3_600_000, true)])
    func keysAreFetchedOnceInAnHour(ago: Int64, fetches: Bool) {
        let repair = repair(count: 2) { $0.lastRecreated = now.adding(milliseconds: -ago) }
        #expect(!repair.forgets)
        #expect(repair.start == (fetches ? .withFetchedKeys : .none))
    }
}
