/// Group encryption with sender keys: each function takes one step and stores the result, in the caller's transaction.
///
/// On a thrown error nothing was stored, unless it was the store that failed: roll the transaction back then.
package enum GroupCipher {
    /// The distribution message for our own sender key as it stands now; the key is made where there is none.
    ///
    /// It goes, pairwise encrypted, to every device that does not have the key; `name.sender` is this device.
    package static func distribution(
        for name: SenderKeyName, in store: inout some SenderKeyStore, using rng: inout some RandomNumberGenerator
    ) throws -> [UInt8] {
        if let own = try store.senderKeyRecord(for: name)?.states.first, own.signingPair != nil {
            return try own.distribution.serialized()
        }
        return try rotate(name, in: &store, using: &rng)
    }

    /// Replaces our own sender key, as when a member has left; gives the distribution message of the new one.
    @discardableResult
    package static func rotate(
        _ name: SenderKeyName, in store: inout some SenderKeyStore, using rng: inout some RandomNumberGenerator
    ) throws -> [UInt8] {
        let record = SenderKeyRecord.generate(using: &rng)
        guard let distribution = record.states.first?.distribution else { throw SignalError.noSenderKey }
        try store.saveSenderKeyRecord(record, for: name)
        return try distribution.serialized()
    }

    /// Takes in another device's distribution message.
    /// - Throws: `SignalError.unsupportedVersion`, `.invalidMessage`, `.invalidKey`; the store's errors.
    package static func process(
        distribution: [UInt8], from name: SenderKeyName, in store: inout some SenderKeyStore
    ) throws {
        let message = try SenderKeyDistributionMessage(distribution)
        var record = try store.senderKeyRecord(for: name) ?? SenderKeyRecord()
        try record.add(message)
        try store.saveSenderKeyRecord(record, for: name)
    }

    /// Encrypts a padded message for the group, with our own sender key. Commit before the ciphertext leaves.
    /// - Throws: `SignalError.noSenderKey`: call `distribution` first; the store's errors.
    package static func encrypt(
        _ paddedPlaintext: [UInt8], as name: SenderKeyName, in store: inout some SenderKeyStore,
        using rng: inout some RandomNumberGenerator
    ) throws -> Ciphertext {
        guard var record = try store.senderKeyRecord(for: name) else { throw SignalError.noSenderKey }
        let message = try record.encrypt(paddedPlaintext, using: &rng)
        try store.saveSenderKeyRecord(record, for: name)
        return Ciphertext(type: .senderKey, bytes: message.bytes)
    }

    /// Decrypts a `skmsg`; the plaintext is still padded. Commit before acknowledging the message.
    /// - Throws: `SignalError`, see its cases for what to do next; the store's errors.
    package static func decrypt(
        _ ciphertext: Ciphertext, from name: SenderKeyName, in store: inout some SenderKeyStore
    ) throws -> [UInt8] {
        guard ciphertext.type == .senderKey else { throw SignalError.invalidMessage }
        let message = try SenderKeyMessage(ciphertext.bytes)
        guard var record = try store.senderKeyRecord(for: name), !record.states.isEmpty else {
            throw SignalError.noSenderKey
        }
        let plaintext = try record.decrypt(message)
        try store.saveSenderKeyRecord(record, for: name)
        return plaintext
    }
}
