package import Model
package import Signal

/// Asking for the keys of devices with which we have no session. Every fetch uses up one-time keys of the others, so ask once, and
/// only for devices without a session. Source: protocol notes on the Signal layer, section 2.
package enum PreKeyFetch {
    /// Keys of one device, as the service holds them. Trust is the caller's affair: the signature of the signed key is checked when the
    /// session starts; for linked devices ``deviceIdentity`` must be checked against the account (``SignedDeviceIdentity``).
    package struct DeviceKeys: Sendable {
        package let bundle: PreKeyBundle
        /// The signed identity of a linked device; phones have none.
        package let deviceIdentity: [UInt8]?
    }

    /// The service does not know the device (any more): drop it from the cached list.
    package static let noSuchDevice = 406

    package static func query(for devices: [JID]) -> Query {
        Query("encrypt", .get, [Node("key", [:], devices.map { Node("user", ["jid": .jid($0), "reason": "identity"]) })])
    }

    /// What came for each device; one without usable keys has its own error, one that is missing was left out by the service.
    package static func read(_ answer: Node) throws(StanzaError) -> [JID: Result<DeviceKeys, StanzaError>] {
        guard let list = try Query.answer(answer).child("list") else { throw .missing("list") }
        var found: [JID: Result<DeviceKeys, StanzaError>] = [:]
        for user in list.children("user") {
            guard let jid = user.jid("jid") else { continue }
            found[jid] = Result { () throws(StanzaError) in try keys(of: user) }
        }
        return found
    }

    static func keys(of user: Node) throws(StanzaError) -> DeviceKeys {
        if let error = user.child("error") {
            throw .refused(code: error.uint("code").flatMap { Int(exactly: $0) } ?? 0, text: error.string("text") ?? "", backoff: nil)
        }
        guard let registration = user.child("registration")?.bytes, registration.count == 4 else { throw .invalid("registration") }
        guard let identity = user.child("identity")?.bytes.flatMap({ PublicKey(raw: $0) }) else { throw .invalid("identity") }
        guard let signed = user.child("skey") else { throw .missing("skey") }
        let (signedID, signedKey) = try key(signed)
        guard let signature = signed.child("signature")?.bytes, signature.count == 64 else { throw .invalid("signature") }
        var oneTime: (id: UInt32, key: PublicKey)?
        if let node = user.child("key") { oneTime = try key(node) }
        return DeviceKeys(
            bundle: PreKeyBundle(
                registrationID: KeyBytes.number(registration), identity: identity, signedPreKeyID: signedID, signedPreKey: signedKey,
                signedPreKeySignature: signature, preKey: oneTime),
            deviceIdentity: user.child("device-identity")?.bytes)
    }

    private static func key(_ node: Node) throws(StanzaError) -> (id: UInt32, key: PublicKey) {
        guard let id = node.child("id")?.bytes, id.count == 3 else { throw .invalid("key id") }
        guard let value = node.child("value")?.bytes, let key = PublicKey(raw: value) else { throw .invalid("key value") }
        return (KeyBytes.number(id), key)
    }
}
