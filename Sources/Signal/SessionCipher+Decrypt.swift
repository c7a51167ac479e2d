extension SessionCipher {
    /// Decrypts a `msg` or `pkmsg`. Commit the transaction, with what was decrypted, before acknowledging the message.
    ///
    /// A new identity in a `pkmsg` is trusted, stored and reported; a one-time pre-key it used is removed.
    /// - Throws: `SignalError`, see its cases for what to do next; the store's errors.
    package static func decrypt(
        _ ciphertext: Ciphertext, from address: SignalAddress, in store: inout some SignalStore,
        using rng: inout some RandomNumberGenerator
    ) throws -> DecryptResult {
        switch ciphertext.type {
        case .message:
            try decrypt(SignalMessage(ciphertext.bytes), from: address, in: &store, using: &rng)
        case .preKeyMessage:
            try decrypt(PreKeySignalMessage(ciphertext.bytes), from: address, in: &store, using: &rng)
        case .senderKey:
            throw SignalError.invalidMessage
        }
    }

    private static func decrypt(
        _ message: SignalMessage, from address: SignalAddress, in store: inout some SignalStore,
        using rng: inout some RandomNumberGenerator
    ) throws -> DecryptResult {
        guard var record = try store.sessionRecord(for: address) else { throw SignalError.noSession }
        let known = try store.identity(for: address)
        let (plaintext, session) = try record.decrypt(message, identity: known, using: &rng)
        // A known identity stays: the session of another one could only have read a late message.
        let change = known == nil ? IdentityChange(old: nil, new: session.remoteIdentity) : nil
        try save(record, change, for: address, in: &store)
        return DecryptResult(plaintext: plaintext, newIdentity: change, usedPreKeyID: nil)
    }

    private static func decrypt(
        _ outer: PreKeySignalMessage, from address: SignalAddress, in store: inout some SignalStore,
        using rng: inout some RandomNumberGenerator
    ) throws -> DecryptResult {
        var record = try store.sessionRecord(for: address) ?? SessionRecord()
        if let session = record.session(baseKey: outer.baseKey) {
            // The first of several: the session is made, its one-time pre-key gone.
            guard session.remoteIdentity == outer.identity else { throw SignalError.invalidMessage }
            return try decrypt(outer.message, from: address, in: &store, using: &rng)
        }
        var session = try answer(outer, in: store)
        let plaintext = try session.decrypt(outer.message, using: &rng)
        record.begin(session)
        let change = try identityChange(to: outer.identity, of: address, in: store)
        try save(record, change, for: address, in: &store)
        if let id = outer.preKeyID { try store.removePreKey(id: id) }
        return DecryptResult(plaintext: plaintext, newIdentity: change, usedPreKeyID: outer.preKeyID)
    }

    private static func answer(_ outer: PreKeySignalMessage, in store: some SignalStore) throws -> SessionState {
        guard let signedPreKey = try store.signedPreKey(id: outer.signedPreKeyID) else {
            throw SignalError.unknownSignedPreKey(id: outer.signedPreKeyID)
        }
        var preKey: PreKey?
        if let id = outer.preKeyID {
            preKey = try store.preKey(id: id)
            guard preKey != nil else { throw SignalError.unknownPreKey(id: id) }
        }
        return try SessionState(
            answering: outer, identity: store.localIdentity, registrationID: store.localRegistrationID,
            signedPreKey: signedPreKey.keyPair, preKey: preKey?.keyPair)
    }
}
