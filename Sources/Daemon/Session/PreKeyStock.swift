import Model
import Signal
import Store

/// Our one-time keys in the database.
struct PreKeyStock {
    let database: Database
    let session: Int64

    /// So many keys to offer to the service: first those whose upload was never confirmed, then new ones, which are stored here.
    /// Part of the caller's transaction.
    func offer(_ count: Int) throws -> [PreKey] {
        let waiting = try database.signal.preKeysNotUploaded(limit: count, session: session)
            .map { PreKey(id: $0.id, keyPair: try KeyPair(privateKey: $0.privateKey)) }
        var random = SystemRandomNumberGenerator()
        let fresh = try database.credentials.takePreKeyIDs(count - waiting.count, session: session)
            .map { PreKey.generate(id: $0, using: &random) }
        try database.signal.insertPreKeys(fresh.map { PreKeyRow(id: $0.id, privateKey: $0.keyPair.privateKey) }, session: session)
        return waiting + fresh
    }
}

extension PreKeyStock {
    /// One fresh key for a retry receipt; counts as uploaded, since it reaches the other side without the service.
    func single() throws -> PreKey? {
        var random = SystemRandomNumberGenerator()
        guard let id = try database.credentials.takePreKeyIDs(1, session: session).first else { return nil }
        let key = PreKey.generate(id: id, using: &random)
        try database.signal.insertPreKeys([PreKeyRow(id: key.id, privateKey: key.keyPair.privateKey)], session: session)
        try database.signal.markUploaded([key.id], session: session)
        return key
    }

    /// The signed key to be offered now: one whose offer was never confirmed, or, where the one in use is old, a new one, which is stored here.
    func dueSignedKey(identity: KeyPair, now: Timestamp) throws -> SignedPreKey? {
        guard let newest = try database.credentials.newestSignedPreKey(session: session) else { return nil }
        guard newest.isInUse else { return try database.credentials.signedPreKey(id: newest.id, session: session).map { try SignedPreKey($0) } }
        guard newest.madeAt.adding(milliseconds: SessionTimes.signedPreKeyAge) <= now else { return nil }
        var random = SystemRandomNumberGenerator()
        let key = SignedPreKey.generate(id: newest.id % SignalLimits.preKeyID + 1, identity: identity, using: &random)
        try database.credentials.addSignedPreKey(SignedPreKeyRow(key), session: session)
        return key
    }
}

extension SignedPreKey {
    init(_ row: SignedPreKeyRow) throws {
        self.init(id: row.id, keyPair: try KeyPair(privateKey: row.privateKey), signature: row.signature)
    }
}

extension SignedPreKeyRow {
    init(_ key: SignedPreKey) { self.init(id: key.id, privateKey: key.keyPair.privateKey, signature: key.signature) }
}
