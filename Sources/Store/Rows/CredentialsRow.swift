import CryptoPrimitives

/// A row of `wa_credentials`, opened: who this linked device is. Keys are 32 bytes each.
package struct CredentialsRow: Sendable, Concealed {
    package var registrationID: UInt32
    package var noisePrivateKey: [UInt8]
    package var identityPrivateKey: [UInt8]
    package var advSecret: [UInt8]
    /// The signed pre-key that is offered now; nil before there is one.
    package var signedPreKeyID: UInt32?
    /// The number of the next one-time pre-key, 1…16777215.
    package var nextPreKeyID: UInt32
    /// The serialised ADVSignedDeviceIdentity; nil until paired.
    package var account: [UInt8]?
    package var routingInfo: [UInt8]?

    package init(registrationID: UInt32, noisePrivateKey: [UInt8], identityPrivateKey: [UInt8], advSecret: [UInt8]) {
        self.registrationID = registrationID
        self.noisePrivateKey = noisePrivateKey
        self.identityPrivateKey = identityPrivateKey
        self.advSecret = advSecret
        nextPreKeyID = 1
    }

    package var concealedByteCount: Int { noisePrivateKey.count + identityPrivateKey.count + advSecret.count }
    package var isPaired: Bool { account != nil }
}

extension CredentialsRow {
    static let columns = """
        registration_id, noise_private, identity_private, adv_secret, signed_pre_key_id, next_pre_key_id, account, routing_info
        """

    init(_ row: Row, session: Int64, sealer: Sealer) throws(StoreError) {
        func opened(_ column: String) throws(StoreError) -> [UInt8] {
            try sealer.open(row.bytes(column), at: SealedPlace("wa_credentials", column, session: session))
        }
        registrationID = try row.integer("registration_id", as: UInt32.self)
        noisePrivateKey = try opened("noise_private")
        identityPrivateKey = try opened("identity_private")
        advSecret = try opened("adv_secret")
        signedPreKeyID = try row.optionalInteger("signed_pre_key_id").flatMap(UInt32.init(exactly:))
        nextPreKeyID = try row.integer("next_pre_key_id", as: UInt32.self)
        account = try row.optionalBytes("account")
        routingInfo = try row.optionalBytes("routing_info")
    }
}
