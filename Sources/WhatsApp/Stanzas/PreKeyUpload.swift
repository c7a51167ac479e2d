package import Signal

/// Offering our public keys, so that others can start sessions with this device.
///
/// The private halves must be stored before the query leaves, and the keys be marked as uploaded only after its result; after a lost
/// answer the same keys are offered again. Source: protocol notes on the Signal layer, section 2.
package enum PreKeyUpload {
    /// One-time keys of the first upload, and of a refill.
    package static let count = 812
    /// Below this many on the server, or in our store, new ones are offered.
    package static let lowWaterMark = 5

    package static func query(
        registrationID: UInt32, identity: PublicKey, signedPreKey: SignedPreKey, preKeys: [PreKey]
    ) -> Query {
        Query(
            "encrypt", .set,
            [
                Node("registration", bytes: KeyBytes.four(registrationID)),
                Node("type", bytes: [PreKeyStanza.curveType]),
                Node("identity", bytes: identity.bytes),
                Node("list", [:], preKeys.map(PreKeyStanza.node(of:))),
                PreKeyStanza.node(of: signedPreKey),
            ])
    }
}

/// Offering another signed pre-key in place of the one that the service has.
///
/// Like one-time keys it is stored before and in use from the result on; old ones are kept, as messages that name them come for weeks.
package enum SignedPreKeyRotation {
    package static func query(_ key: SignedPreKey) -> Query {
        Query("encrypt", .set, [Node("rotate", [:], [PreKeyStanza.node(of: key)])])
    }

    /// Whether the service will never take this key.
    package static func isFinal(_ error: StanzaError) -> Bool {
        if case .refused(code: 406, _, _) = error { return true }
        if case .refused(code: 409, _, _) = error { return true }
        return false
    }
}

/// How keys look inside stanzas; shared by upload, rotation, fetch and retry receipts.
package enum PreKeyStanza {
    /// The only kind of key there is: Curve25519.
    package static let curveType: UInt8 = 5

    package static func node(of key: PreKey) -> Node {
        Node("key", [:], [Node("id", bytes: KeyBytes.three(key.id)), Node("value", bytes: key.keyPair.publicKey.bytes)])
    }

    package static func node(of key: SignedPreKey) -> Node {
        Node(
            "skey", [:],
            [
                Node("id", bytes: KeyBytes.three(key.id)), Node("value", bytes: key.keyPair.publicKey.bytes),
                Node("signature", bytes: key.signature),
            ])
    }
}
