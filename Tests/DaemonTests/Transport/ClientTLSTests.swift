import NIOSSL
import Testing

@testable import Daemon

@Suite struct ClientTLSTests {
    private let certificate: TestCertificate

    init() throws { certificate = try TestCertificate() }

    @Test func aHostWithoutCertificatesIsTold() throws {
        let error = #expect(throws: TransportError.self) { try ClientTLS.configuration(bundles: ["/nonexistent.pem"], directory: "/nonexistent") }
        guard case .untrusted(let words)? = error else { throw error ?? .closed }
        #expect(words.contains("/nonexistent.pem") && words.contains("ca-certificates") && words.contains("whatsapp.ca_file"))
    }

    @Test func theFirstBundleThatIsThereCounts() throws {
        let file = certificate.certificatePath
        let configuration = try ClientTLS.configuration(bundles: ["/nonexistent.pem", file], directory: "/nonexistent")
        #expect(configuration.trustRoots == .file(file))
    }

    @Test func anOwnersFileIsEnough() throws {
        let file = certificate.certificatePath
        let configuration = try ClientTLS.configuration(caFile: file, bundles: [], directory: "/nonexistent")
        #expect(configuration.additionalTrustRoots == [.certificates(try NIOSSLCertificate.fromPEMFile(file))])
        _ = try NIOSSLContext(configuration: configuration)
    }
}
