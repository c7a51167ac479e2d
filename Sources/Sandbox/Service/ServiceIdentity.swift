import CryptoPrimitives
import Model
import Signal
import WhatsApp

/// The service's Noise keys: a root of its own, and a server key certified by it.
struct ServiceIdentity: Sendable {
    /// Signs the certificates; clients are configured with its public half.
    let rootKey: KeyPair
    let staticKey: KeyPair
    /// Serialized `CertChain`.
    let certificates: [UInt8]

    /// Real leaf certificates live for months; one run of the sandbox needs less, and a clock that is a day off should not matter.
    private static let validBefore: Int64 = 2 * 86_400
    private static let validAfter: Int64 = 365 * 86_400

    init(rootKey: KeyPair, now: Timestamp, using rng: inout some RandomNumberGenerator) throws(CertificateError) {
        self.rootKey = rootKey
        staticKey = KeyPair.generate(using: &rng)
        let validity = UInt64(clamping: now.seconds - Self.validBefore)...UInt64(clamping: now.seconds + Self.validAfter)
        certificates = try CertificateChain.issue(
            for: staticKey.publicKey, rootKey: rootKey, validity: validity, using: &rng
        ).serialized()
    }

    /// For `whatsapp.root_key`.
    var rootKeyHex: String { Hex.encode(rootKey.publicKey.bytes) }
}
