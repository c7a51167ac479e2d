/// Which of the checks of the server's certificate chain failed. Source: protocol notes on transport, section 4.
package enum CertificateError: Error, Equatable, Sendable {
    /// Which of the two certificates.
    package enum Link: Sendable { case leaf, intermediate }

    /// No certificate chain, or a key or signature of another length than it must have.
    case malformed
    /// The root key did not sign the intermediate certificate: not WhatsApp's server, or another root is expected.
    case intermediateSignature
    /// The intermediate certificate names this serial as its issuer, not the root's 0.
    case intermediateIssuer(serial: UInt32)
    case leafSignature
    /// The leaf certificate names another issuer than the intermediate certificate.
    case leafIssuer(serial: UInt32, expected: UInt32)
    /// The chain is for another key than the one in the handshake.
    case leafKey
    /// Times are unix seconds. A wrong clock on this machine is the usual reason.
    case notYetValid(Link, notBefore: UInt64, now: Int64)
    case expired(Link, notAfter: UInt64, now: Int64)
}
