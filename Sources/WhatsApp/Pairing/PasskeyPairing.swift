import CryptoPrimitives
import Model
package import Signal
import SwiftProtobuf
import WAProto

/// Our half of linking an account that is guarded by a passkey, up to the point where `<pair-success>` comes as after a scan.
///
/// What it can not make is the assertion in the middle: only an authenticator that knows the account's passkey signs it, and only for
/// whatsapp.com. Order: ``options(in:)`` of the service's request, ``referenceQuery``, ``prologue(credentialID:assertion:handoffKey:)``,
/// then with the phone's answer ``agree(with:)``, ``nonceQuery``, and when the owner has compared the codes
/// ``PasskeyAgreement/request(noiseKey:identity:secret:using:)``.
/// Source: protocol notes on pairing, section 6; whatsmeow `pair-passkey.go`; Tests/Vectors/pairing.json.
package struct PasskeyPairing: Sendable {
    /// Names this attempt.
    package static let referenceQuery = Query("md", .get, [Node("ref")])
    /// Asks again for what the service wants signed, where its notification could not be read.
    package static let optionsQuery = Query("md", .get, [Node("passkey_request_options")])
    /// The type of the notification with the phone's answer.
    package static let continuation = "crsc_continuation"

    private static let nonceLength = 32
    private static let longestOptions = 65_536

    private let reference: String
    private let deviceType: Int32
    private let ephemeral: KeyPair
    private let nonce: [UInt8]

    package init(reference: String, using rng: inout some RandomNumberGenerator) {
        self.init(
            reference: reference, deviceType: Int32(WADeviceProps.PlatformType.chrome.rawValue), ephemeral: .generate(using: &rng),
            nonce: Random.bytes(Self.nonceLength, using: &rng))
    }

    init(reference: String, deviceType: Int32, ephemeral: KeyPair, nonce: [UInt8]) {
        self.reference = reference
        self.deviceType = deviceType
        self.ephemeral = ephemeral
        self.nonce = nonce
    }

    /// The JSON for the authenticator, in the service's notification or in the answer to ``optionsQuery``.
    package static func options(in node: Node) throws(StanzaError) -> String {
        guard let bytes = node.child("passkey_request_options")?.bytes else { throw .missing("passkey_request_options") }
        guard bytes.count <= longestOptions, let text = String(validating: bytes, as: UTF8.self), text.first == "{" else {
            throw .invalid("passkey_request_options")
        }
        return text
    }

    /// The reference in the answer to ``referenceQuery``.
    package static func reference(in answer: Node) throws(StanzaError) -> String {
        guard let text = try Query.answer(answer).child("ref")?.text, !text.isEmpty else { throw .missing("ref") }
        return text
    }

    /// Proves that this attempt continues the one whose code was shown; `secret` is that code's, which is replaced afterwards.
    package static func handoffKey(_ secret: [UInt8]) -> [UInt8] {
        HKDF.sha256(secret, info: Array("shortcake-passkey-handoff-v1".utf8), length: 32)
    }

    /// Opens the exchange: commits to our nonce, with the authenticator's word.
    /// - Parameters:
    ///   - credentialID: the authenticator's raw id.
    ///   - assertion: its answer, JSON as a browser writes it.
    package func prologue(credentialID: [UInt8], assertion: [UInt8], handoffKey: [UInt8]?) throws(PairingError) -> Query {
        let payload = try prologuePayload()
        var children = [
            Node("credential_id", bytes: credentialID), Node("webauthn_assertion", bytes: assertion), Node("prologue_payload", bytes: payload),
        ]
        if let handoffKey { children.append(Node("pairing_handoff_proof", bytes: HMAC.sha256(payload, key: handoffKey))) }
        return Query("md", .set, [Node("passkey_prologue", [:], children)])
    }

    func prologuePayload() throws(PairingError) -> [UInt8] {
        var identity = WACompanionEphemeralIdentity()
        identity.publicKey = .init(wire: ephemeral.publicKey.bytes)
        identity.deviceType = deviceType
        identity.ref = reference
        guard let bytes: [UInt8] = try? identity.serializedBytes() else { throw .malformed("ephemeral identity") }
        var payload = WAProloguePayload()
        payload.companionEphemeralIdentity = .init(wire: bytes)
        payload.commitment.hash = .init(wire: SHA256.hash(bytes + nonce))
        guard let result: [UInt8] = try? payload.serializedBytes() else { throw .malformed("prologue") }
        return result
    }

    /// Opens the commitment; goes out when the phone's answer is there, not before.
    package var nonceQuery: Query { Query("md", .set, [Node("companion_nonce", bytes: nonce)]) }

    /// The phone's answer (a notification of type ``continuation``): the key that both have now, and the code by which the owner can tell.
    package func agree(with node: Node) throws(PairingError) -> PasskeyAgreement {
        guard let bytes = node.child("primary_ephemeral_identity")?.bytes,
            let phone = try? WAPrimaryEphemeralIdentity(serializedBytes: bytes), let key = PublicKey(raw: phone.publicKey.array),
            phone.nonce.count == Self.nonceLength
        else { throw .malformed("primary_ephemeral_identity") }
        guard let shared = try? ephemeral.agree(with: key) else { throw .malformed("primary_ephemeral_identity") }
        let digest = SHA256.hash(nonce + key.bytes)
        let code = LinkCode(bytes: zip(phone.nonce.array, digest).prefix(LinkCode.byteCount).map { $0 ^ $1 })
        guard let code else { throw .malformed("primary_ephemeral_identity") }
        let salt = Array("Companion Pairing \(deviceType) with ref \(reference)".utf8)
        return PasskeyAgreement(
            code: code, key: HKDF.sha256(shared, salt: salt, info: Array("Pairing Information Encryption Key".utf8), length: 32))
    }
}

/// What phone and device have agreed on.
package struct PasskeyAgreement: Sendable, CustomReflectable {
    /// Shown here and on the phone; must be the same.
    package let code: LinkCode
    let key: [UInt8]

    /// The key is a secret.
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// Asks the phone to link this device. `secret` (32 bytes, new, stored before this goes out) is what `<pair-success>` is checked with.
    package func request(
        noiseKey: PublicKey, identity: PublicKey, secret: [UInt8], using rng: inout some RandomNumberGenerator
    ) throws(PairingError) -> Query {
        try request(noiseKey: noiseKey, identity: identity, secret: secret, iv: Random.bytes(12, using: &rng))
    }

    func request(noiseKey: PublicKey, identity: PublicKey, secret: [UInt8], iv: [UInt8]) throws(PairingError) -> Query {
        var request = WAPairingRequest()
        request.companionPublicKey = .init(wire: noiseKey.bytes)
        request.companionIdentityKey = .init(wire: identity.bytes)
        request.advSecret = .init(wire: secret)
        guard let plain: [UInt8] = try? request.serializedBytes(), let sealed = try? AESGCM.seal(plain, key: key, nonce: iv) else {
            throw .malformed("pairing request")
        }
        var wrapped = WAEncryptedPairingRequest()
        wrapped.encryptedPayload = .init(wire: sealed)
        wrapped.iv = .init(wire: iv)
        guard let bytes: [UInt8] = try? wrapped.serializedBytes() else { throw .malformed("pairing request") }
        return Query("md", .set, [Node("encrypted_pairing_request", bytes: bytes)])
    }
}
