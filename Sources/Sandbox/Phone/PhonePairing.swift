import CryptoPrimitives
import FoundationEssentials
import Model
import Signal
import SwiftProtobuf
import WAProto

/// What a phone signs when it scans a code. Source: protocol notes on pairing, section 4.
struct PhonePairing: Sendable {
    /// Serialized `ADVDeviceIdentity`.
    let details: [UInt8]
    let accountSignature: [UInt8]
    /// Serialized `ADVSignedDeviceIdentityHMAC`, the content of `<device-identity>`.
    let deviceIdentity: [UInt8]
    let keyIndexList: SignedKeyIndexList
}

extension Phone {
    /// - Parameter validIndexes: key indexes of all linked devices, the new one included.
    mutating func sign(
        _ code: QRCode, keyIndex: UInt32, validIndexes: [UInt32], now: Timestamp, using rng: inout some RandomNumberGenerator
    ) throws(Refusal) -> PhonePairing {
        var inner = WAADVDeviceIdentity()
        inner.rawID = rawID
        inner.timestamp = UInt64(clamping: now.seconds)
        inner.keyIndex = keyIndex
        inner.accountType = .e2Ee
        inner.deviceType = .e2Ee
        do {
            let details: [UInt8] = try inner.serializedBytes()
            let signature = identity.sign(ADVPrefix.account + details + code.identity, using: &rng)
            var signed = WAADVSignedDeviceIdentity()
            signed.details = Data(details)
            signed.accountSignatureKey = Data(identity.publicKey.bytes)
            signed.accountSignature = Data(signature)
            let outer: [UInt8] = try signed.serializedBytes()
            var sealed = WAADVSignedDeviceIdentityHMAC()
            sealed.details = Data(outer)
            sealed.hmac = Data(HMAC.sha256(outer, key: code.advSecret))
            sealed.accountType = .e2Ee
            let list = try keyIndexList(validIndexes, current: keyIndex, now: now, using: &rng)
            return PhonePairing(
                details: details, accountSignature: signature, deviceIdentity: try sealed.serializedBytes(), keyIndexList: list)
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .pairing("the signed identity can not be written")
        }
    }

    /// The signed list of the key indexes that are valid from now on.
    mutating func keyIndexList(
        _ indexes: [UInt32], current: UInt32, now: Timestamp, using rng: inout some RandomNumberGenerator
    ) throws(Refusal) -> SignedKeyIndexList {
        var list = WAADVKeyIndexList()
        list.rawID = rawID
        list.timestamp = UInt64(clamping: now.seconds)
        list.currentIndex = current
        // Index 0 is the phone itself.
        list.validIndexes = [0] + indexes
        list.accountType = .e2Ee
        do {
            let details: [UInt8] = try list.serializedBytes()
            var signed = WAADVSignedKeyIndexList()
            signed.details = Data(details)
            signed.accountSignature = Data(identity.sign(ADVPrefix.keyIndexList + details, using: &rng))
            return SignedKeyIndexList(bytes: try signed.serializedBytes(), timestamp: now.seconds)
        } catch {
            throw .pairing("the key index list can not be written")
        }
    }
}
