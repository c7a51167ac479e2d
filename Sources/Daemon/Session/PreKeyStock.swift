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
}
