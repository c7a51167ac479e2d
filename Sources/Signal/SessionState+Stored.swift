import WAProto

/// The stored form of a session. Reading checks every length: a record may come from a damaged table.
extension SessionState {
    /// - Throws: `corruptRecord`.
    init(stored: WASignalSessionStructure) throws(SignalError) {
        guard stored.sessionVersion == UInt32(MessageVersion.byte >> 4),
            let localIdentity = PublicKey(field: stored.localIdentityPublic),
            let remoteIdentity = PublicKey(field: stored.remoteIdentityPublic),
            let baseKey = PublicKey(field: stored.aliceBaseKey), stored.rootKey.count == 32,
            let ratchet = KeyPair(
                storedPrivate: stored.senderChain.senderRatchetKeyPrivate, storedPublic: stored.senderChain.senderRatchetKey)
        else { throw .corruptRecord }
        var receiving: [ReceivingChain] = []
        for chain in stored.receiverChains.suffix(SignalLimits.receivingChains) {
            receiving.append(try ReceivingChain(stored: chain))
        }
        self.init(
            localIdentity: localIdentity, remoteIdentity: remoteIdentity, localRegistrationID: stored.localRegistrationID,
            remoteRegistrationID: stored.remoteRegistrationID, baseKey: baseKey,
            rootKey: RootKey(key: [UInt8](field: stored.rootKey)), previousCounter: stored.previousCounter,
            sending: SendingChain(ratchet: ratchet, chain: try ChainKey(stored: stored.senderChain.chainKey)),
            receiving: receiving,
            pendingPreKey: stored.hasPendingPreKey ? try PendingPreKey(stored: stored.pendingPreKey) : nil)
    }

    var stored: WASignalSessionStructure {
        var stored = WASignalSessionStructure()
        stored.sessionVersion = UInt32(MessageVersion.byte >> 4)
        stored.localIdentityPublic = localIdentity.typed.asField()
        stored.remoteIdentityPublic = remoteIdentity.typed.asField()
        stored.localRegistrationID = localRegistrationID
        stored.remoteRegistrationID = remoteRegistrationID
        stored.aliceBaseKey = baseKey.typed.asField()
        stored.rootKey = rootKey.key.asField()
        stored.previousCounter = previousCounter
        stored.senderChain.senderRatchetKey = sending.ratchet.publicKey.typed.asField()
        stored.senderChain.senderRatchetKeyPrivate = sending.ratchet.privateKey.asField()
        stored.senderChain.chainKey = sending.chain.stored
        stored.receiverChains = receiving.map(\.stored)
        if let pendingPreKey { stored.pendingPreKey = pendingPreKey.stored(baseKey: baseKey) }
        return stored
    }
}

extension SessionState.ReceivingChain {
    fileprivate init(stored: WASignalSessionStructure.Chain) throws(SignalError) {
        guard let ratchetKey = PublicKey(field: stored.senderRatchetKey) else { throw .corruptRecord }
        var entries: [SkippedKeys.Entry] = []
        for key in stored.messageKeys.suffix(SignalLimits.skippedKeys) {
            guard key.seed.count == 32 else { throw .corruptRecord }
            entries.append(SkippedKeys.Entry(index: key.index, seed: [UInt8](field: key.seed)))
        }
        self.init(ratchetKey: ratchetKey, chain: try ChainKey(stored: stored.chainKey), skipped: SkippedKeys(entries))
    }

    fileprivate var stored: WASignalSessionStructure.Chain {
        var stored = WASignalSessionStructure.Chain()
        stored.senderRatchetKey = ratchetKey.typed.asField()
        stored.chainKey = chain.stored
        stored.messageKeys = skipped.entries.map { entry in
            var key = WASignalSessionStructure.Chain.MessageKey()
            key.index = entry.index
            key.seed = entry.seed.asField()
            return key
        }
        return stored
    }
}

extension SessionState.PendingPreKey {
    fileprivate init(stored: WASignalSessionStructure.PendingPreKey) throws(SignalError) {
        guard let signedPreKeyID = UInt32(exactly: stored.signedPreKeyID) else { throw .corruptRecord }
        self.init(preKeyID: stored.hasPreKeyID ? stored.preKeyID : nil, signedPreKeyID: signedPreKeyID)
    }

    fileprivate func stored(baseKey: PublicKey) -> WASignalSessionStructure.PendingPreKey {
        var stored = WASignalSessionStructure.PendingPreKey()
        if let preKeyID { stored.preKeyID = preKeyID }
        stored.signedPreKeyID = Int32(truncatingIfNeeded: signedPreKeyID)
        stored.baseKey = baseKey.typed.asField()
        return stored
    }
}

extension ChainKey {
    fileprivate init(stored: WASignalSessionStructure.Chain.ChainKey) throws(SignalError) {
        guard stored.key.count == 32 else { throw .corruptRecord }
        self.init(key: [UInt8](field: stored.key), index: stored.index)
    }

    fileprivate var stored: WASignalSessionStructure.Chain.ChainKey {
        var stored = WASignalSessionStructure.Chain.ChainKey()
        stored.index = index
        stored.key = key.asField()
        return stored
    }
}
