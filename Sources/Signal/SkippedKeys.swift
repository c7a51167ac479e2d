import CryptoPrimitives

/// The seeds of messages that have not arrived although later ones of their chain have; oldest first.
struct SkippedKeys: Equatable, Sendable {
    struct Entry: Equatable, Sendable {
        let index: UInt32
        /// 32 bytes.
        let seed: [UInt8]
    }

    private(set) var entries: [Entry]

    init(_ entries: [Entry] = []) { self.entries = entries }

    mutating func take(_ index: UInt32) -> [UInt8]? {
        guard let position = entries.firstIndex(where: { $0.index == index }) else { return nil }
        return entries.remove(at: position).seed
    }

    /// Keeps seeds of messages before all that were passed.
    mutating func add(earlier: [Entry]) {
        entries = earlier + entries
        entries.removeFirst(max(entries.count - SignalLimits.skippedKeys, 0))
    }

    /// Moves `chain` forward to the message with this counter, keeping the seeds that it passes.
    ///
    /// The counter is not behind the chain.
    /// - Throws: `tooFarAhead`, `chainExhausted`.
    mutating func advance(_ chain: inout ChainKey, to counter: UInt32) throws(SignalError) {
        let steps = counter - chain.index
        guard steps <= SignalLimits.forwardJump else { throw .tooFarAhead(steps: steps) }
        while chain.index < counter {
            entries.append(Entry(index: chain.index, seed: chain.seed))
            chain = try chain.next()
        }
        entries.removeFirst(max(entries.count - SignalLimits.skippedKeys, 0))
    }

    /// The seed of the message with this counter; `chain` is moved behind it. A counter behind the chain gives the kept
    /// seed, once.
    /// - Throws: `duplicateMessage`, `tooFarAhead`, `chainExhausted`.
    mutating func seed(at counter: UInt32, in chain: inout ChainKey) throws(SignalError) -> [UInt8] {
        guard counter >= chain.index else {
            guard let seed = take(counter) else { throw .duplicateMessage(counter: counter) }
            return seed
        }
        try advance(&chain, to: counter)
        let seed = chain.seed
        chain = try chain.next()
        return seed
    }
}

extension SkippedKeys: Concealed {
    package var concealedByteCount: Int { entries.count * 32 }
}
