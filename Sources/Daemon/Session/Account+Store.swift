import Model
import Signal
import Store
import WhatsApp

extension Account {
    /// The stored keys of a session; nil where none were made yet.
    init?(session: Int64, in database: Database) throws {
        guard let stored = try database.credentials.load(session: session), let signedID = stored.signedPreKeyID,
            let signed = try database.credentials.signedPreKey(id: signedID, session: session),
            let row = try database.sessions.find(id: session)
        else { return nil }
        self.init(
            noise: try KeyPair(privateKey: stored.noisePrivateKey), identity: try KeyPair(privateKey: stored.identityPrivateKey),
            registrationID: stored.registrationID, pairingSecret: stored.advSecret,
            signedPreKey: try SignedPreKey(signed),
            proof: stored.account, own: row.jid.map { OwnAddresses(phoneNumber: $0, lid: row.lid) }, pushName: row.pushName,
            routingInfo: stored.routingInfo)
    }

    /// Stores new keys, in place of any earlier ones; part of the caller's transaction.
    func insert(into database: Database, session: Int64) throws {
        var row = CredentialsRow(
            registrationID: registrationID, noisePrivateKey: noise.privateKey, identityPrivateKey: identity.privateKey,
            advSecret: pairingSecret)
        row.signedPreKeyID = signedPreKey.id
        try database.credentials.insert(row, session: session)
        try database.credentials.addSignedPreKey(SignedPreKeyRow(signedPreKey), session: session)
    }
}
