import CryptoPrimitives

/// One sender key: a chain of message keys and the key that signs the messages.
struct SenderKeyState: Equatable, Sendable {
    /// 31 random bits.
    let id: UInt32
    var chain: ChainKey
    let signingKey: PublicKey
    /// Only in a key of our own.
    let signingPair: KeyPair?
    var skipped = SkippedKeys()
    /// The first message that this state could ever read; 0 where that is not known. Those before it are no duplicates: they were never read.
    var begin: UInt32 = 0

    /// A fresh key of our own.
    static func generate(using rng: inout some RandomNumberGenerator) -> SenderKeyState {
        let id = UInt32.random(in: 0...0x7FFF_FFFF, using: &rng)
        let chain = ChainKey(key: Random.bytes(32, using: &rng), index: 0)
        let pair = KeyPair.generate(using: &rng)
        return SenderKeyState(id: id, chain: chain, signingKey: pair.publicKey, signingPair: pair)
    }

    /// What lets others read from the next message on.
    var distribution: SenderKeyDistributionMessage {
        SenderKeyDistributionMessage(id: id, chain: chain, signingKey: signingKey)
    }

    /// Encrypts and signs the next message.
    /// - Throws: `noSenderKey` where the key is not our own.
    mutating func encrypt(
        _ plaintext: [UInt8], using rng: inout some RandomNumberGenerator
    ) throws(SignalError) -> SenderKeyMessage {
        guard let signingPair else { throw .noSenderKey }
        let keys = SenderMessageKeys(seed: chain.seed)
        let ciphertext: [UInt8]
        do throws(CryptoError) {
            ciphertext = try AESCBC.encrypt(plaintext, key: keys.cipherKey, iv: keys.iv)
        } catch { throw .cryptography(error) }
        let message = try SenderKeyMessage(
            id: id, iteration: chain.index, ciphertext: ciphertext, signedBy: signingPair, using: &rng)
        chain = try chain.next()
        return message
    }

    /// Checks the signature, then decrypts. On failure the state is spoilt: work on a copy.
    /// - Throws: `badSignature`, `duplicateMessage`, `unknownSenderKey`, `tooFarAhead`, `invalidMessage`.
    mutating func decrypt(_ message: SenderKeyMessage) throws(SignalError) -> [UInt8] {
        guard message.isSigned(by: signingKey) else { throw .badSignature }
        guard message.iteration >= begin else { throw .unknownSenderKey(id: id) }
        let keys = SenderMessageKeys(seed: try skipped.seed(at: message.iteration, in: &chain))
        guard let plaintext = try? AESCBC.decrypt(message.ciphertext, key: keys.cipherKey, iv: keys.iv) else {
            throw .invalidMessage
        }
        return plaintext
    }

    /// Takes in the same key sent anew: goes forward to where it stands, never back, and keeps what it passes.
    ///
    /// False where it is not a continuation of this chain.
    mutating func advance(to distribution: SenderKeyDistributionMessage) -> Bool {
        guard signingKey == distribution.signingKey else { return false }
        guard distribution.chain.index > chain.index else {
            learn(distribution.chain)
            return true
        }
        var advanced = self
        guard (try? advanced.skipped.advance(&advanced.chain, to: distribution.chain.index)) != nil,
            advanced.chain == distribution.chain
        else { return false }
        self = advanced
        return true
    }

    /// The key as it was before it came here first: the message that brings it was overtaken. What was written between becomes readable; what this
    /// state could read already does not become so again.
    private mutating func learn(_ earlier: ChainKey) {
        guard earlier.index < begin else { return }
        var (passed, reached) = (SkippedKeys(), earlier)
        guard (try? passed.advance(&reached, to: chain.index)) != nil, reached == chain else { return }
        skipped.add(earlier: passed.entries.filter { $0.index < begin })
        begin = earlier.index
    }
}
