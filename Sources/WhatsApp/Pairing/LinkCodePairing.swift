import CryptoPrimitives
package import Model
package import Signal

/// One attempt to link this device by a code that the owner types into the phone: our half of the exchange.
///
/// ``hello(noiseKey:)`` first; with the reference of its answer the code may be shown. The phone's ``LinkCodeAnswer`` leads to
/// ``finish(_:identity:using:)``, whose secret must be stored before its query goes out; then comes `<pair-success>` as after a scan.
/// Source: protocol notes on pairing, section 6; whatsmeow `pair-code.go`.
package struct LinkCodePairing: Sendable {
    /// How long a code is good, in milliseconds.
    package static let lifetime: Int64 = 180_000

    /// How often the phone may answer one code.
    package static let maximumAnswers = 3

    /// The account that is to be linked, by number.
    package let phone: JID
    package let code: LinkCode
    private let ephemeral: KeyPair
    private let wrappedEphemeral: [UInt8]
    /// Given by the service; names this attempt.
    package var reference: [UInt8]?

    package init(phone: JID, using rng: inout some RandomNumberGenerator) throws {
        guard let code = LinkCode(bytes: Random.bytes(LinkCode.byteCount, using: &rng)) else { throw PairingError.malformed("code") }
        try self.init(
            phone: phone, code: code, ephemeral: KeyPair.generate(using: &rng), salt: Random.bytes(32, using: &rng),
            iv: Random.bytes(16, using: &rng))
    }

    init(phone: JID, code: LinkCode, ephemeral: KeyPair, salt: [UInt8], iv: [UInt8]) throws {
        self.phone = phone
        self.code = code
        self.ephemeral = ephemeral
        wrappedEphemeral = try code.wrap(ephemeral.publicKey.bytes, salt: salt, iv: iv)
    }

    /// Announces the attempt; the phone asks its owner for the code. The display name is one of the few forms that the service takes.
    package func hello(noiseKey: PublicKey, clientType: PairingCode.ClientType = .chrome) -> Query {
        let children = [
            Node("link_code_pairing_wrapped_companion_ephemeral_pub", bytes: wrappedEphemeral),
            Node("companion_server_auth_key_pub", bytes: noiseKey.bytes),
            Node("companion_platform_id", text: clientType.rawValue),
            Node("companion_platform_display", text: "Chrome (Linux)"),
            Node("link_code_pairing_nonce", bytes: [0]),
        ]
        let attributes: Attributes = ["jid": .jid(phone), "stage": "companion_hello", "should_show_push_notification": "true"]
        return Query("md", .set, [Node("link_code_companion_reg", attributes, children)])
    }

    /// The reference in the answer to ``hello(noiseKey:clientType:)``.
    package static func reference(in answer: Node) throws(StanzaError) -> [UInt8] {
        let reference = try Query.answer(answer).child("link_code_companion_reg")?.child("link_code_pairing_ref")?.bytes
        guard let reference, !reference.isEmpty else { throw .missing("link_code_pairing_ref") }
        return reference
    }

    /// The owner has typed the code.
    /// - Returns: the new secret that `<pair-success>` will be checked with (32 bytes), and the query that tells the phone.
    package func finish(
        _ answer: LinkCodeAnswer, identity: KeyPair, using rng: inout some RandomNumberGenerator
    ) throws -> (secret: [UInt8], query: Query) {
        try finish(
            answer, identity: identity, bundleSalt: Random.bytes(32, using: &rng), bundleNonce: Random.bytes(12, using: &rng),
            secretPart: Random.bytes(32, using: &rng))
    }

    func finish(
        _ answer: LinkCodeAnswer, identity: KeyPair, bundleSalt: [UInt8], bundleNonce: [UInt8], secretPart: [UInt8]
    ) throws -> (secret: [UInt8], query: Query) {
        guard let reference, answer.reference == reference else { throw PairingError.malformed("link_code_pairing_ref") }
        guard let phoneEphemeral = try code.unwrap(answer.wrappedEphemeral) else { throw PairingError.malformed("wrapped ephemeral") }
        let shared = try X25519.sharedSecret(privateKey: ephemeral.privateKey, publicKey: phoneEphemeral)
        let bundle = try AESGCM.seal(
            identity.publicKey.bytes + answer.identity.bytes + secretPart, key: Self.bundleKey(shared, salt: bundleSalt), nonce: bundleNonce)
        let secret = Self.secret(shared, try identity.agree(with: answer.identity), secretPart)
        let children = [
            Node("link_code_pairing_wrapped_key_bundle", bytes: bundleSalt + bundleNonce + bundle),
            Node("companion_identity_public", bytes: identity.publicKey.bytes),
            Node("link_code_pairing_ref", bytes: reference),
        ]
        let attributes: Attributes = ["jid": .jid(phone), "stage": "companion_finish"]
        return (secret, Query("md", .set, [Node("link_code_companion_reg", attributes, children)]))
    }

    private static func bundleKey(_ shared: [UInt8], salt: [UInt8]) -> [UInt8] {
        HKDF.sha256(shared, salt: salt, info: Array("link_code_pairing_key_bundle_encryption_key".utf8), length: 32)
    }

    private static func secret(_ shared: [UInt8], _ identityShared: [UInt8], _ part: [UInt8]) -> [UInt8] {
        HKDF.sha256(shared + identityShared + part, info: Array("adv_secret".utf8), length: 32)
    }
}
