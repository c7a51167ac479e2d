import SwiftProtobuf
import WAProto

/// One certificate of the service's own format: a key with validity, signed by the issuer over the serialized details.
package struct Certificate: Equatable, Sendable {
    /// The certificate's own number, by which others name it as issuer.
    package var serial: UInt32
    /// The number of the certificate that signed this one, 0 for the root.
    package var issuerSerial: UInt32
    /// 32-byte X25519 public key.
    package var key: [UInt8]
    /// Unix seconds, both ends included.
    package var notBefore: UInt64
    /// Unix seconds, included.
    package var notAfter: UInt64

    /// From its fields; unsigned.
    package init(serial: UInt32, issuerSerial: UInt32, key: [UInt8], notBefore: UInt64, notAfter: UInt64) {
        self.serial = serial
        self.issuerSerial = issuerSerial
        self.key = key
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    init(details: [UInt8]) throws(CertificateError) {
        guard let details = try? WACertChain.NoiseCertificate.Details(serializedBytes: details) else { throw .malformed }
        let key = details.key.array
        guard key.count == NoiseProtocol.keyLength else { throw .malformed }
        self.init(
            serial: details.serial, issuerSerial: details.issuerSerial, key: key,
            notBefore: details.notBefore, notAfter: details.notAfter)
    }

    func details() throws(CertificateError) -> [UInt8] {
        var details = WACertChain.NoiseCertificate.Details()
        details.serial = serial
        details.issuerSerial = issuerSerial
        details.key = .init(wire: key)
        details.notBefore = notBefore
        details.notAfter = notAfter
        do { return try details.serializedBytes() } catch { throw .malformed }
    }

    func checkValidity(of link: CertificateError.Link, now: Int64) throws(CertificateError) {
        let moment = UInt64(clamping: now)
        guard moment >= notBefore else { throw .notYetValid(link, notBefore: notBefore, now: now) }
        guard moment <= notAfter else { throw .expired(link, notAfter: notAfter, now: now) }
    }
}
