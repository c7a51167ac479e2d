import Testing

@testable import Signal

/// Each limit at its edge.
struct LimitTests {
    let alice = SignalAddress(name: "1", deviceID: 0)
    let bob = SignalAddress(name: "2", deviceID: 0)

    func pair(_ rng: inout SeededGenerator) throws -> (alice: MemoryStore, bob: MemoryStore) {
        var first = MemoryStore(preKeys: 100, using: &rng)
        let second = MemoryStore(preKeys: 100, using: &rng)
        try SessionCipher.startSession(with: second.bundle(preKeyID: 1), address: bob, in: &first, using: &rng)
        return (first, second)
    }

    @Test func twoThousandStepsAheadAreReadAndOneMoreIsNot() throws {
        var rng = SeededGenerator(state: 1)
        var (sender, receiver) = try pair(&rng)
        var sent: [Ciphertext] = []
        for _ in 0...(SignalLimits.forwardJump + 1) { sent.append(try SessionCipher.encrypt([7], to: bob, in: &sender)) }
        let before = receiver
        #expect(throws: SignalError.tooFarAhead(steps: 2001)) {
            try SessionCipher.decrypt(sent[2001], from: alice, in: &receiver, using: &rng)
        }
        #expect(receiver == before)
        #expect(try SessionCipher.decrypt(sent[2000], from: alice, in: &receiver, using: &rng).plaintext == [7])
        // All 2,000 that were skipped are kept; one more pushes the oldest out.
        #expect(try receiver.sessionRecord(for: alice)?.current?.receiving.last?.skipped.entries.count == SignalLimits.skippedKeys)
        _ = try SessionCipher.encrypt([7], to: bob, in: &sender)
        let later = try SessionCipher.encrypt([8], to: bob, in: &sender)
        #expect(try SessionCipher.decrypt(later, from: alice, in: &receiver, using: &rng).plaintext == [8])
        for (index, counter) in [(0, UInt32(0)), (1, 1)] {
            #expect(throws: SignalError.duplicateMessage(counter: counter)) {
                try SessionCipher.decrypt(sent[index], from: alice, in: &receiver, using: &rng)
            }
        }
        #expect(try SessionCipher.decrypt(sent[2], from: alice, in: &receiver, using: &rng).plaintext == [7])
    }

    @Test func fiveReceivingChainsAreKept() throws {
        var rng = SeededGenerator(state: 2)
        var (first, second) = try pair(&rng)
        var late: [Ciphertext] = []
        for turn in 0...UInt8(SignalLimits.receivingChains) {
            let message = try SessionCipher.encrypt([turn], to: bob, in: &first)
            late.append(try SessionCipher.encrypt([turn], to: bob, in: &first))
            _ = try SessionCipher.decrypt(message, from: alice, in: &second, using: &rng)
            let reply = try SessionCipher.encrypt([turn], to: alice, in: &second)
            _ = try SessionCipher.decrypt(reply, from: bob, in: &first, using: &rng)
        }
        #expect(try second.sessionRecord(for: alice)?.current?.receiving.count == SignalLimits.receivingChains)
        for turn in late.indices.dropFirst() {
            #expect(try SessionCipher.decrypt(late[turn], from: alice, in: &second, using: &rng).plaintext == [UInt8(turn)])
        }
        // The chain of the first message is gone: it takes the key for a new one, whose code does not fit.
        #expect(throws: SignalError.badMAC) { try SessionCipher.decrypt(late[0], from: alice, in: &second, using: &rng) }
    }

    @Test func fortySessionsAreArchived() throws {
        var rng = SeededGenerator(state: 3)
        var (first, second) = try pair(&rng)
        var replies: [Ciphertext] = []
        for id in 2...UInt32(SignalLimits.archivedSessions + 3) {
            _ = try SessionCipher.decrypt(SessionCipher.encrypt([1], to: bob, in: &first), from: alice, in: &second, using: &rng)
            replies.append(try SessionCipher.encrypt([UInt8(id)], to: alice, in: &second))
            try SessionCipher.startSession(with: second.bundle(preKeyID: id), address: bob, in: &first, using: &rng)
        }
        let record = try #require(try first.sessionRecord(for: bob))
        #expect(replies.count == SignalLimits.archivedSessions + 2 && record.archived.count == SignalLimits.archivedSessions)
        #expect(throws: SignalError.badMAC) { try SessionCipher.decrypt(replies[1], from: bob, in: &first, using: &rng) }
        #expect(try SessionCipher.decrypt(replies[2], from: bob, in: &first, using: &rng).plaintext == [4])
    }

    @Test func aChainEndsWithItsCounter() throws {
        let last = ChainKey(key: [UInt8](repeating: 1, count: 32), index: .max)
        #expect(throws: SignalError.chainExhausted) { try last.next() }
        var chain = last
        var skipped = SkippedKeys()
        #expect(throws: SignalError.chainExhausted) { try skipped.seed(at: .max, in: &chain) }
        #expect(throws: SignalError.duplicateMessage(counter: 3)) { try skipped.seed(at: 3, in: &chain) }
    }

    @Test func idsFitIntoThreeBytes() {
        #expect(SignalLimits.preKeyID == (1 << 24) - 1)
    }
}
