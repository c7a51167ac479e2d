import Glibc
import NIOSSL

/// Whom our TLS connections trust: everybody whom the host trusts, and whom a file of the owner's names.
enum ClientTLS {
    /// Where hosts keep their bundle: Debian and Ubuntu; EL; EL 10, which gives up the place before; SUSE; Alpine.
    static let bundles = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
    ]
    /// One file for each certificate, for hosts without a bundle; NIOSSL reads it by itself.
    static let directory = "/etc/ssl/certs"

    /// - Parameter caFile: certificates besides, PEM.
    /// - Throws: ``TransportError/badTrustFile(_:)``; ``TransportError/untrusted(_:)`` where there is nobody to trust.
    static func configuration(
        caFile: String? = nil, bundles: [String] = bundles, directory: String = directory
    ) throws(TransportError) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let caFile {
            guard let extra = try? NIOSSLCertificate.fromPEMFile(caFile), !extra.isEmpty else { throw .badTrustFile(caFile) }
            configuration.additionalTrustRoots = [.certificates(extra)]
        }
        if let bundle = bundles.first(where: { access($0, R_OK) == 0 }) {
            configuration.trustRoots = .file(bundle)
        } else if access(directory, R_OK) != 0 {
            guard caFile != nil else {
                throw .untrusted(
                    "this host has no file of trusted certificates (\(bundles.joined(separator: ", "))); ask it for the package ca-certificates, "
                        + "or name such a file as `whatsapp.ca_file`")
            }
            configuration.trustRoots = .certificates([])
        }
        return configuration
    }
}
