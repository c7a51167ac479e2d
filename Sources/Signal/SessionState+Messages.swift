import CryptoPrimitives

extension SessionState {
    /// Encrypts the next message and moves the sending chain on. Needs no randomness: every key follows from the chain.
    mutating func encrypt(_ plaintext: [UInt8]) throws(SignalError) -> Ciphertext {
        let keys = MessageKeys(seed: sending.chain.seed)
        let ciphertext: [UInt8]
        do throws(CryptoError) {
            ciphertext = try AESCBC.encrypt(plaintext, key: keys.cipherKey, iv: keys.iv)
        } catch { throw .cryptography(error) }
        let message = try SignalMessage(
            ratchetKey: sending.ratchet.publicKey, counter: sending.chain.index, previousCounter: previousCounter,
            ciphertext: ciphertext, macKey: keys.macKey, sender: localIdentity, receiver: remoteIdentity)
        sending.chain = try sending.chain.next()
        guard let pendingPreKey else { return Ciphertext(type: .message, bytes: message.bytes) }
        let outer = PreKeySignalMessage(
            registrationID: localRegistrationID, preKeyID: pendingPreKey.preKeyID,
            signedPreKeyID: pendingPreKey.signedPreKeyID, baseKey: baseKey, identity: localIdentity, message: message)
        return Ciphertext(type: .preKeyMessage, bytes: try outer.serialized())
    }

    /// Decrypts a message and moves the ratchet on. On failure the state is spoilt: work on a copy.
    /// - Throws: `badMAC`, `duplicateMessage`, `tooFarAhead`, `invalidMessage`, `invalidKey`.
    mutating func decrypt(
        _ message: SignalMessage, using rng: inout some RandomNumberGenerator
    ) throws(SignalError) -> [UInt8] {
        let known = receiving.firstIndex { $0.ratchetKey == message.ratchetKey }
        let position = if let known { known } else { try beginReceiving(message.ratchetKey) }
        let seed = try receiving[position].seed(at: message.counter)
        let keys = MessageKeys(seed: seed)
        guard message.hasCode(macKey: keys.macKey, sender: remoteIdentity, receiver: localIdentity) else { throw .badMAC }
        guard let plaintext = try? AESCBC.decrypt(message.ciphertext, key: keys.cipherKey, iv: keys.iv) else {
            throw .invalidMessage
        }
        if known == nil { try beginSending(against: message.ratchetKey, using: &rng) }
        pendingPreKey = nil
        return plaintext
    }

    /// The first half of a turn: a receiving chain for the other side's new ratchet key; gives its position.
    private mutating func beginReceiving(_ ratchetKey: PublicKey) throws(SignalError) -> Int {
        let turned = try rootKey.turned(ours: sending.ratchet, theirs: ratchetKey)
        rootKey = turned.root
        receiving.append(ReceivingChain(ratchetKey: ratchetKey, chain: turned.chain))
        receiving.removeFirst(max(receiving.count - SignalLimits.receivingChains, 0))
        return receiving.count - 1
    }

    /// The second half, once a message has proved the new key: a ratchet key and sending chain of our own.
    private mutating func beginSending(
        against ratchetKey: PublicKey, using rng: inout some RandomNumberGenerator
    ) throws(SignalError) {
        let ratchet = KeyPair.generate(using: &rng)
        let turned = try rootKey.turned(ours: ratchet, theirs: ratchetKey)
        rootKey = turned.root
        previousCounter = sending.chain.index > 0 ? sending.chain.index - 1 : 0
        sending = SendingChain(ratchet: ratchet, chain: turned.chain)
    }
}
