import CryptoPrimitives
package import Signal
import SwiftProtobuf
import WAProto

/// The two certificates by which a server proves that its static key is the service's.
package struct CertificateChain: Equatable, Sendable {
    /// The key with which WhatsApp signs its intermediate certificates, raw X25519 (issuer WhatsAppLongTerm1).
    /// Source: protocol notes on transport, section 4; proven with a real chain.
    package static let whatsAppRootKey: [UInt8] = [
        0x14, 0x23, 0x75, 0x57, 0x4d, 0x0a, 0x58, 0x71, 0x66, 0xaa, 0xe7, 0x1e, 0xbe, 0x51, 0x64, 0x37,
        0xc4, 0xa2, 0x8b, 0x73, 0xe3, 0x69, 0x5c, 0x6c, 0xe1, 0xf7, 0xf9, 0x54, 0x5d, 0xa8, 0xee, 0x6b,
    ]

    /// A certificate as it travels: signatures cover these very bytes.
    package struct Signed: Equatable, Sendable {
        /// A serialized certificate.
        package var details: [UInt8]
        /// 64 bytes, XEdDSA over `details`.
        package var signature: [UInt8]

        /// From bytes; nothing is checked.
        package init(details: [UInt8], signature: [UInt8]) {
            self.details = details
            self.signature = signature
        }
    }

    /// For the server's static key, signed by the intermediate certificate's.
    package var leaf: Signed
    /// Signed by the root.
    package var intermediate: Signed

    /// From its parts; nothing is checked.
    package init(leaf: Signed, intermediate: Signed) {
        self.leaf = leaf
        self.intermediate = intermediate
    }

    /// Reads the protobuf message; only ``verify(rootKey:serverStatic:now:)`` says whether it is worth anything.
    package init(serialized: [UInt8]) throws(CertificateError) {
        guard let chain = try? WACertChain(serializedBytes: serialized), chain.hasLeaf, chain.hasIntermediate else {
            throw .malformed
        }
        leaf = Signed(details: chain.leaf.details.array, signature: chain.leaf.signature.array)
        intermediate = Signed(details: chain.intermediate.details.array, signature: chain.intermediate.signature.array)
    }

    /// The protobuf message as it travels in the server hello.
    package func serialized() throws(CertificateError) -> [UInt8] {
        var chain = WACertChain()
        chain.leaf.details = .init(wire: leaf.details)
        chain.leaf.signature = .init(wire: leaf.signature)
        chain.intermediate.details = .init(wire: intermediate.details)
        chain.intermediate.signature = .init(wire: intermediate.signature)
        do { return try chain.serializedBytes() } catch { throw .malformed }
    }

    /// Makes all checks.
    /// - Parameters:
    ///   - rootKey: 32-byte public key that must have signed the intermediate certificate.
    ///   - serverStatic: the static key that the server used in the handshake.
    ///   - now: unix seconds.
    package func verify(rootKey: [UInt8], serverStatic: [UInt8], now: Int64) throws(CertificateError) {
        guard XEdDSA.verify(intermediate.signature, message: intermediate.details, publicKey: rootKey) else {
            throw .intermediateSignature
        }
        let issuer = try Certificate(details: intermediate.details)
        guard issuer.issuerSerial == 0 else { throw .intermediateIssuer(serial: issuer.issuerSerial) }
        guard XEdDSA.verify(leaf.signature, message: leaf.details, publicKey: issuer.key) else { throw .leafSignature }
        let subject = try Certificate(details: leaf.details)
        guard subject.issuerSerial == issuer.serial else {
            throw .leafIssuer(serial: subject.issuerSerial, expected: issuer.serial)
        }
        guard subject.key == serverStatic else { throw .leafKey }
        try issuer.checkValidity(of: .intermediate, now: now)
        try subject.checkValidity(of: .leaf, now: now)
    }

    /// A chain under a root of one's own, for a server that is not WhatsApp's.
    /// - Parameter intermediateKey: must hold the key of `intermediate`.
    package static func issue(
        leaf: Certificate, intermediate: Certificate, rootKey: KeyPair, intermediateKey: KeyPair,
        using rng: inout some RandomNumberGenerator
    ) throws(CertificateError) -> CertificateChain {
        CertificateChain(
            leaf: try sign(leaf, with: intermediateKey, using: &rng),
            intermediate: try sign(intermediate, with: rootKey, using: &rng))
    }

    private static func sign(
        _ certificate: Certificate, with key: KeyPair, using rng: inout some RandomNumberGenerator
    ) throws(CertificateError) -> Signed {
        let details = try certificate.details()
        return Signed(details: details, signature: key.sign(details, using: &rng))
    }
}

extension CertificateChain {
    /// A complete chain for a server: root, fresh intermediate key, leaf for the server's static key.
    /// - Parameter validity: unix seconds.
    package static func issue(
        for serverStatic: PublicKey, rootKey: KeyPair, validity: ClosedRange<UInt64>, using rng: inout some RandomNumberGenerator
    ) throws(CertificateError) -> CertificateChain {
        let intermediateKey = KeyPair.generate(using: &rng)
        let intermediate = Certificate(
            serial: 1, issuerSerial: 0, key: intermediateKey.publicKey.bytes,
            notBefore: validity.lowerBound, notAfter: validity.upperBound)
        let leaf = Certificate(
            serial: 2, issuerSerial: intermediate.serial, key: serverStatic.bytes,
            notBefore: validity.lowerBound, notAfter: validity.upperBound)
        return try issue(
            leaf: leaf, intermediate: intermediate, rootKey: rootKey, intermediateKey: intermediateKey, using: &rng)
    }
}
