import CryptoPrimitives
import FoundationEssentials
import Signal
import SwiftProtobuf
import WAProto

/// What a client that wants to be paired says about itself, checked as the service does.
/// Source: protocol notes on transport, section 5.
struct Registration: Sendable {
    let registrationID: UInt32
    let identity: PublicKey
    let signedKey: PreKeyRegister.SignedKey
    /// Static key of its handshake; the QR names it too.
    let noiseKey: [UInt8]
    /// `os` of the device properties: the name in the phone's list.
    let platform: String

    init(_ payload: WAClientPayload, noiseKey: [UInt8]) throws(LoginFailure) {
        guard payload.hasDevicePairingData else { throw LoginFailure(400, "neither a username nor pairing data") }
        guard payload.hasPassive, !payload.passive else { throw LoginFailure(400, "registration must be written as not passive") }
        guard payload.hasPull, !payload.pull else { throw LoginFailure(400, "registration must be written as pull = false") }
        guard !payload.hasDevice else { throw LoginFailure(400, "registration with a device number") }
        let data = payload.devicePairingData
        try Self.checkBuildHash(data.buildHash, of: payload.userAgent.appVersion)
        guard let id = UInt32(bigEndian: Array(data.eRegid), count: 4), id != 0 else {
            throw LoginFailure(400, "eRegid is not 4 bytes, or 0")
        }
        guard Array(data.eKeytype) == [5] else { throw LoginFailure(400, "eKeytype is not 05") }
        guard let identity = PublicKey(raw: Array(data.eIdent)) else { throw LoginFailure(400, "eIdent is not 32 bytes") }
        self.registrationID = id
        self.identity = identity
        self.noiseKey = noiseKey
        do {
            signedKey = try PreKeyRegister.SignedKey(
                id: Array(data.eSkeyID), key: Array(data.eSkeyVal), signature: Array(data.eSkeySig), identity: identity)
        } catch {
            throw LoginFailure(400, error.reason)
        }
        guard let properties = try? WADeviceProps(serializedBytes: data.deviceProps), !properties.os.isEmpty else {
            throw LoginFailure(400, "device properties are unreadable or without os")
        }
        platform = properties.os
    }

    private static func checkBuildHash(_ hash: Data, of version: WAClientPayload.UserAgent.AppVersion) throws(LoginFailure) {
        let text = "\(version.primary).\(version.secondary).\(version.tertiary)"
        guard Array(hash) == MD5.hash(Array(text.utf8)) else { throw LoginFailure(405, "the build hash is not that of version \(text)") }
    }
}

extension PreKeyRegister.SignedKey {
    /// Reads and verifies a signed pre-key as it stands in registrations and uploads.
    init(id: [UInt8]?, key: [UInt8]?, signature: [UInt8]?, identity: PublicKey) throws(Refusal) {
        guard let number = UInt32(bigEndian: id ?? [], count: 3), number != 0 else {
            throw .preKeys("the signed key's id is not 3 bytes, or 0")
        }
        guard let key = PublicKey(raw: key ?? []) else { throw .preKeys("the signed key is not 32 bytes") }
        guard let signature, XEdDSA.verify(signature, message: key.typed, publicKey: identity.bytes) else {
            throw .preKeys("the signature of signed key \(number) does not verify with the identity")
        }
        self.init(id: number, key: key, signature: signature)
    }
}

extension UInt32 {
    /// nil unless there are exactly `count` bytes (at most 4).
    init?(bigEndian bytes: [UInt8], count: Int) {
        guard bytes.count == count, count <= 4 else { return nil }
        self = bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The last `count` bytes, most significant first.
    func bigEndianBytes(_ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: self >> (8 * UInt32($0))) }
    }
}
