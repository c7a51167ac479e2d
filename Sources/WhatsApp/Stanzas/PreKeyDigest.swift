import CryptoPrimitives

/// What the service holds of our public keys, in short form.
///
/// Only the error 404 (no record of us) calls for a new upload; a difference is merely reported, as the official client does.
/// Source: protocol notes on the Signal layer, section 2.
package struct PreKeyDigest: Equatable, Sendable {
    package static let query = Query("encrypt", .get, [Node("digest")])
    /// The error code that says that the service has no keys of this device.
    package static let noRecord = 404

    package let signedPreKeyID: UInt32
    package let preKeyIDs: [UInt32]
    /// 20 bytes, see ``hash(identity:signedPreKey:signature:preKeys:)``.
    package let hash: [UInt8]

    package init(_ answer: Node) throws(StanzaError) {
        guard let digest = try Query.answer(answer).child("digest") else { throw .missing("digest") }
        guard let signed = digest.child("skey")?.child("id")?.bytes, signed.count == 3 else { throw .invalid("skey") }
        guard let hash = digest.child("hash")?.bytes, hash.count == 20 else { throw .invalid("hash") }
        self.hash = hash
        signedPreKeyID = KeyBytes.number(signed)
        preKeyIDs = (digest.child("list")?.children ?? []).compactMap { node in
            node.bytes.flatMap { $0.count == 3 ? KeyBytes.number($0) : nil }
        }
    }

    /// SHA-1 over raw keys (32 bytes each, signature 64), the one-time keys in the order of the answer's list.
    package static func hash(identity: [UInt8], signedPreKey: [UInt8], signature: [UInt8], preKeys: [[UInt8]]) -> [UInt8] {
        SHA1.hash(identity + signedPreKey + signature + preKeys.joined())
    }
}
