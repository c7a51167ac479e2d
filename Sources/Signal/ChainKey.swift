import CryptoPrimitives

/// A chain of keys, each derived from the one before: one step for each message.
struct ChainKey: Equatable, Sendable {
    /// 32 bytes.
    let key: [UInt8]
    /// The counter of the next message.
    let index: UInt32

    /// What the keys of the next message are derived from.
    var seed: [UInt8] { HMAC.sha256([1], key: key) }

    /// The chain after the next message.
    func next() throws(SignalError) -> ChainKey {
        guard index < .max else { throw .chainExhausted }
        return ChainKey(key: HMAC.sha256([2], key: key), index: index + 1)
    }
}

extension ChainKey: Concealed {
    package var concealedByteCount: Int { key.count }
}
