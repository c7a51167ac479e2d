import CryptoPrimitives
package import Signal

/// The text inside the QR code that a phone scans to link this device. Phones want error correction level L and the text as it is.
///
/// Source: protocol notes on pairing, section 2 (the form with address and client type is wanted since mid 2026).
package struct PairingCode: Sendable {
    /// What the phone takes this device for; agrees with the platform in the registration's device properties.
    package enum ClientType: String, Sendable {
        case chrome = "1", edge = "2", firefox = "3", safari = "6", electron = "7", otherWeb = "9"
    }

    /// 32 bytes.
    package let noisePublicKey: [UInt8]
    package let identity: PublicKey
    /// 32 bytes, shared with the phone by the scan.
    package let secret: [UInt8]
    package let clientType: ClientType

    package init(noisePublicKey: [UInt8], identity: PublicKey, secret: [UInt8], clientType: ClientType = .chrome) {
        self.noisePublicKey = noisePublicKey
        self.identity = identity
        self.secret = secret
        self.clientType = clientType
    }

    package func text(reference: String) -> String {
        let parts = [
            reference, Base64.encode(noisePublicKey), Base64.encode(identity.bytes), Base64.encode(secret), clientType.rawValue,
        ]
        return "https://wa.me/settings/linked_devices#" + parts.joined(separator: ",")
    }
}
