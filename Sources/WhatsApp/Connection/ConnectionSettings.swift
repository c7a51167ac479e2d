import CryptoPrimitives
package import Signal

/// What one connection needs to know from the start.
package struct ConnectionSettings: Sendable {
    /// The Noise key of the session, made once before pairing.
    package var staticKey: KeyPair
    /// Fresh for every connection.
    package var ephemeral: KeyPair
    /// 32 bytes under which the server's certificates must stand.
    package var rootKey: [UInt8]
    /// From ``ClientPayload``.
    package var clientPayload: [UInt8]
    /// The last `<routing_info>` of the service, if any; drop the stored one when a connection that used it fails.
    package var routingInfo: [UInt8]?
    /// For the times of pings and the ids of requests; random, different for every connection, nothing secret hangs on it.
    package var seed: UInt64

    /// The root key is WhatsApp's own unless another is given.
    package init(
        staticKey: KeyPair, ephemeral: KeyPair, rootKey: [UInt8] = CertificateChain.whatsAppRootKey, clientPayload: [UInt8],
        routingInfo: [UInt8]? = nil, seed: UInt64
    ) {
        self.staticKey = staticKey
        self.ephemeral = ephemeral
        self.rootKey = rootKey
        self.clientPayload = clientPayload
        self.routingInfo = routingInfo
        self.seed = seed
    }
}

extension ConnectionSettings: Concealed {
    /// Bytes of the two private keys; the text form says only this.
    package var concealedByteCount: Int { staticKey.concealedByteCount + ephemeral.concealedByteCount }
}
