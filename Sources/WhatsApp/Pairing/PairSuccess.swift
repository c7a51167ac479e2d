import CryptoPrimitives
// SwiftProtobuf speaks of bytes as Data; nothing else of Foundation is used.
import struct FoundationEssentials.Data
package import Model
package import Signal
import SwiftProtobuf
import WAProto

/// The phone has scanned the code and signed this device's identity; the service passes that on.
///
/// ``accept(identity:secret:randomness:)`` checks it. Then everything in ``LinkedAccount`` is to be stored, and only after that
/// ``LinkedAccount/answer`` be sent: from then on the link exists and its keys cannot be made again.
/// Source: protocol notes on pairing, section 4.
package struct PairSuccess: Sendable {
    package let jid: JID
    package let lid: JID?
    package let platform: String?
    package let businessName: String?
    let stanza: Node
    let container: [UInt8]

    package init(_ node: Node) throws(StanzaError) {
        guard let success = node.child("pair-success") else { throw .missing("pair-success") }
        guard let container = success.child("device-identity")?.bytes else { throw .missing("device-identity") }
        guard let device = success.child("device"), let jid = device.jid("jid"), jid.server == .phoneNumber, jid.device > 0,
            !jid.user.isEmpty, jid.user.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw .invalid("device jid") }
        self.jid = jid
        self.container = container
        stanza = node
        lid = device.jid("lid").flatMap { $0.server == .lid ? $0 : nil }
        platform = success.child("platform")?.string("name")
        businessName = success.child("biz")?.string("name")
    }

    /// - Parameters:
    ///   - identity: this device's identity, whose public half the phone has signed.
    ///   - secret: the secret of the code that was shown last, 32 bytes.
    ///   - randomness: 64 random bytes for the device's signature.
    package func accept(identity: KeyPair, secret: [UInt8], randomness: [UInt8]) throws(PairingError) -> LinkedAccount {
        guard let outer = try? WAADVSignedDeviceIdentityHMAC(serializedBytes: container) else {
            throw .malformed("device-identity")
        }
        let prefix = outer.accountType == .hosted ? SignaturePrefix.hostedAccount : []
        guard ConstantTime.equal(HMAC.sha256(prefix + Array(outer.details), key: secret), Array(outer.hmac)) else { throw .hmacMismatch }
        guard var signed = try? WAADVSignedDeviceIdentity(serializedBytes: Array(outer.details)),
            let details = try? WAADVDeviceIdentity(serializedBytes: Array(signed.details))
        else { throw .malformed("details") }
        guard let accountKey = PublicKey(raw: Array(signed.accountSignatureKey)) else { throw .malformed("account key") }
        let own = identity.publicKey.bytes
        let accountPrefix = details.deviceType == .hosted ? SignaturePrefix.hostedAccount : SignaturePrefix.account
        guard
            XEdDSA.verify(
                Array(signed.accountSignature), message: accountPrefix + Array(signed.details) + own, publicKey: accountKey.bytes)
        else { throw .accountSignatureMismatch }
        let message = SignaturePrefix.device + Array(signed.details) + own + accountKey.bytes
        guard let signature = try? XEdDSA.sign(message, privateKey: identity.privateKey, randomness: randomness) else {
            throw .malformed("identity")
        }
        signed.deviceSignature = Data(signature)
        return try LinkedAccount(self, signed: signed, accountKey: accountKey, keyIndex: details.keyIndex)
    }

    /// The answer to the service when ``accept(identity:secret:randomness:)`` threw, or when nothing could be stored.
    package func refusal(_ error: PairingError) -> Node {
        ServerQuery.error(for: stanza, code: error.answer.code, text: error.answer.text)
    }
}

/// What a successful linking leaves behind; needed for ever.
package struct LinkedAccount: Sendable {
    package let jid: JID
    package let lid: JID?
    package let platform: String?
    package let businessName: String?
    /// The full ADVSignedDeviceIdentity; goes with every message that starts a session.
    package let account: [UInt8]
    /// The phone's identity key: that of device 0 of the own account.
    package let accountKey: PublicKey
    /// To be sent after all of this is stored.
    package let answer: Node

    init(_ success: PairSuccess, signed: WAADVSignedDeviceIdentity, accountKey: PublicKey, keyIndex: UInt32) throws(PairingError) {
        jid = success.jid
        lid = success.lid
        platform = success.platform
        businessName = success.businessName
        self.accountKey = accountKey
        var answered = signed
        answered.clearAccountSignatureKey()
        guard let full: [UInt8] = try? signed.serializedBytes(), let reply: [UInt8] = try? answered.serializedBytes() else {
            throw .malformed("details")
        }
        account = full
        answer = ServerQuery.result(
            for: success.stanza,
            [Node("pair-device-sign", [:], [Node("device-identity", ["key-index": .text(String(keyIndex))], bytes: reply)])])
    }
}
