import CryptoPrimitives
package import Signal
import SwiftProtobuf
import WAProto

/// Proof that somebody's linked device belongs to their account: the account has signed the device's identity key, and the device the
/// account's. Phones (device 0) have none. Source: protocol notes on pairing, section 4.
package enum SignedDeviceIdentity {
    /// - Parameters:
    ///   - bytes: an ADVSignedDeviceIdentity as it came with the device's keys.
    ///   - identity: the identity key that the device claims.
    ///   - accountKey: the stored identity of the account's device 0; wanted where the proof leaves it out.
    /// - Returns: the account's key that has signed.
    @discardableResult
    package static func verify(_ bytes: [UInt8], identity: PublicKey, accountKey: PublicKey?) throws(PairingError) -> PublicKey {
        guard let signed = try? WAADVSignedDeviceIdentity(serializedBytes: bytes) else { throw .malformed("device-identity") }
        guard let account = PublicKey(raw: Array(signed.accountSignatureKey)) ?? accountKey else { throw .malformed("account key") }
        let details = Array(signed.details)
        let covered = details + identity.bytes
        let isSigned = [SignaturePrefix.account, SignaturePrefix.hostedAccount].contains { prefix in
            XEdDSA.verify(Array(signed.accountSignature), message: prefix + covered, publicKey: account.bytes)
        }
        guard isSigned else { throw .accountSignatureMismatch }
        let isSignedBack = [SignaturePrefix.device, SignaturePrefix.hostedDevice].contains { prefix in
            XEdDSA.verify(Array(signed.deviceSignature), message: prefix + covered + account.bytes, publicKey: identity.bytes)
        }
        guard isSignedBack else { throw .deviceSignatureMismatch }
        return account
    }
}
