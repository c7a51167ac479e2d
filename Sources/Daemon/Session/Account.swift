import CryptoPrimitives
import Model
import Signal
import WhatsApp

/// The keys of one linked (or linkable) device and whose account it is, as loaded from the database.
///
/// Made before the first QR code is shown; a crash between scan and answer is then harmless.
struct Account: Sendable {
    var noise: KeyPair
    var identity: KeyPair
    var registrationID: UInt32
    /// 32 bytes, inside the QR code.
    var pairingSecret: [UInt8]
    var signedPreKey: SignedPreKey
    /// The full ADVSignedDeviceIdentity; nil until a phone has scanned.
    var proof: [UInt8]?
    var own: OwnAddresses?
    var pushName: String?
    var routingInfo: [UInt8]?

    var isLinked: Bool { own != nil && proof != nil }
}
