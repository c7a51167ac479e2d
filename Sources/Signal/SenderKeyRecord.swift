import CryptoPrimitives

/// The sender keys of one sender in one group: the newest, and older ones with which late messages can still be read.
package struct SenderKeyRecord: Equatable, Sendable {
    /// Newest first; ids differ.
    var states: [SenderKeyState]

    /// A record without keys.
    package init() { states = [] }

    /// A record with a fresh key of our own.
    static func generate(using rng: inout some RandomNumberGenerator) -> SenderKeyRecord {
        var record = SenderKeyRecord()
        record.states = [.generate(using: &rng)]
        return record
    }

    /// Takes in a key that its owner sent. A known one is never set back, so that no message can be read twice.
    /// - Throws: `invalidMessage` where the key is our own.
    mutating func add(_ distribution: SenderKeyDistributionMessage) throws(SignalError) {
        if let position = states.firstIndex(where: { $0.id == distribution.id }) {
            guard states[position].signingPair == nil else { throw .invalidMessage }
            var known = states.remove(at: position)
            if known.advance(to: distribution) {
                states.insert(known, at: 0)
                return
            }
        }
        let state = SenderKeyState(
            id: distribution.id, chain: distribution.chain, signingKey: distribution.signingKey, signingPair: nil,
            begin: distribution.chain.index)
        states.insert(state, at: 0)
        states.removeLast(max(states.count - SignalLimits.senderKeyStates, 0))
    }

    /// Encrypts with the newest key. Unchanged on failure.
    mutating func encrypt(
        _ plaintext: [UInt8], using rng: inout some RandomNumberGenerator
    ) throws(SignalError) -> SenderKeyMessage {
        guard var state = states.first else { throw .noSenderKey }
        let message = try state.encrypt(plaintext, using: &rng)
        states[0] = state
        return message
    }

    /// Decrypts with the key that the message names. Unchanged on failure.
    mutating func decrypt(_ message: SenderKeyMessage) throws(SignalError) -> [UInt8] {
        guard let position = states.firstIndex(where: { $0.id == message.id }) else {
            throw .unknownSenderKey(id: message.id)
        }
        var state = states[position]
        let plaintext = try state.decrypt(message)
        states[position] = state
        return plaintext
    }
}

extension SenderKeyRecord: Concealed {
    /// See `Concealed`; the size of the chain keys stands for the whole.
    package var concealedByteCount: Int { states.count * 32 }
}
