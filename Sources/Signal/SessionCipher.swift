/// Pairwise encryption: each function reads records from a store, takes one step of the protocol, and stores the result.
///
/// On a thrown error nothing was stored, unless it was the store that failed: roll the transaction back then.
package enum SessionCipher {
    /// Whether a message to this address can be encrypted without fetching a pre-key bundle.
    package static func hasSession(for address: SignalAddress, in store: some SignalStore) throws -> Bool {
        guard let session = try store.sessionRecord(for: address)?.current else { return false }
        return try isCurrent(session, of: address, in: store)
    }

    /// Encrypts a padded message. Commit the transaction before the ciphertext leaves.
    /// - Throws: `SignalError.noSession`: fetch a bundle and call `startSession`; the store's errors.
    package static func encrypt(
        _ paddedPlaintext: [UInt8], to address: SignalAddress, in store: inout some SignalStore
    ) throws -> Ciphertext {
        guard var record = try store.sessionRecord(for: address), let session = record.current,
            try isCurrent(session, of: address, in: store)
        else { throw SignalError.noSession }
        let ciphertext = try record.encrypt(paddedPlaintext)
        try store.saveSessionRecord(record, for: address)
        return ciphertext
    }

    /// Starts a session from a device's published keys; a session that stands is archived.
    ///
    /// Any identity is trusted (as WhatsApp's clients do); the one that a known one gave way to is reported.
    /// - Throws: `SignalError.badSignature`, `SignalError.invalidKey`; the store's errors.
    @discardableResult
    package static func startSession(
        with bundle: PreKeyBundle, address: SignalAddress, in store: inout some SignalStore,
        using rng: inout some RandomNumberGenerator
    ) throws -> IdentityChange? {
        guard bundle.identity.verifies(bundle.signedPreKeySignature, of: bundle.signedPreKey.typed) else {
            throw SignalError.badSignature
        }
        let session = try SessionState(
            starting: bundle, identity: store.localIdentity, registrationID: store.localRegistrationID, using: &rng)
        let change = try identityChange(to: bundle.identity, of: address, in: store)
        var record = try store.sessionRecord(for: address) ?? SessionRecord()
        record.begin(session)
        try save(record, change, for: address, in: &store)
        return change
    }

    /// A session whose identity has since been replaced would be answered by nobody.
    private static func isCurrent(
        _ session: SessionState, of address: SignalAddress, in store: some SignalStore
    ) throws -> Bool {
        guard let identity = try store.identity(for: address) else { return true }
        return identity == session.remoteIdentity
    }

    static func identityChange(
        to new: PublicKey, of address: SignalAddress, in store: some SignalStore
    ) throws -> IdentityChange? {
        let old = try store.identity(for: address)
        return old == new ? nil : IdentityChange(old: old, new: new)
    }

    static func save(
        _ record: SessionRecord, _ change: IdentityChange?, for address: SignalAddress, in store: inout some SignalStore
    ) throws {
        try store.saveSessionRecord(record, for: address)
        if let change { try store.saveIdentity(change.new, for: address) }
    }
}
