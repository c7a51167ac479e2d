import CryptoPrimitives
import FoundationEssentials
import Signal
import SwiftProtobuf
import WAProto
import WhatsApp

/// The prefixes of the signatures that bind devices to an account. Source: protocol notes on pairing, section 4.
enum ADVPrefix {
    /// By the account over details and device identity.
    static let account: [UInt8] = [6, 0]
    /// By the device over details, device identity and account key.
    static let device: [UInt8] = [6, 1]
    /// By the account over the list of key indexes.
    static let keyIndexList: [UInt8] = [6, 2]
}

/// The client's half of the mutual signature that ends a pairing.
enum DeviceSignature {
    /// Checks the answer to `<pair-success>`.
    /// - Returns: the complete signed identity, serialized, as it goes out with bundles.
    static func check(_ answer: Node, scan: PairingAttempt.Scan, identity: PublicKey, account: PublicKey?) throws(Refusal) -> [UInt8] {
        guard let account else { throw .pairing("the account is gone") }
        guard let node = answer.child("pair-device-sign")?.child("device-identity") else {
            throw .pairing("the answer lacks pair-device-sign")
        }
        guard node.string("key-index") == "\(scan.keyIndex)" else { throw .pairing("key-index is not \(scan.keyIndex)") }
        guard case .bytes(let bytes) = node.content, var signed = try? WAADVSignedDeviceIdentity(serializedBytes: bytes) else {
            throw .pairing("device-identity is unreadable")
        }
        guard !signed.hasAccountSignatureKey else { throw .pairing("device-identity carries the account key, which must be left out") }
        guard Array(signed.details) == scan.details, Array(signed.accountSignature) == scan.accountSignature else {
            throw .pairing("details or account signature are not those of pair-success")
        }
        let message = ADVPrefix.device + scan.details + identity.bytes + account.bytes
        guard XEdDSA.verify(Array(signed.deviceSignature), message: message, publicKey: identity.bytes) else {
            throw .pairing("the device signature does not verify")
        }
        signed.accountSignatureKey = Data(account.bytes)
        do { return try signed.serializedBytes() } catch { throw .pairing("device-identity can not be written") }
    }

    /// Whether a `<device-identity>` that came with a message chains from the account to the sending device.
    static func verifies(_ bytes: [UInt8], identity: PublicKey, account: PublicKey) -> Bool {
        guard let signed = try? WAADVSignedDeviceIdentity(serializedBytes: bytes) else { return false }
        let details = Array(signed.details)
        return Array(signed.accountSignatureKey) == account.bytes
            && XEdDSA.verify(
                Array(signed.accountSignature), message: ADVPrefix.account + details + identity.bytes, publicKey: account.bytes)
            && XEdDSA.verify(
                Array(signed.deviceSignature), message: ADVPrefix.device + details + identity.bytes + account.bytes,
                publicKey: identity.bytes)
    }
}
