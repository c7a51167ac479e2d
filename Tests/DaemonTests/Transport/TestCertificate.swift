import Foundation
import NIOSSL

@testable import Daemon

/// A self-signed certificate for `localhost`, made for one test.
struct TestCertificate {
    let directory: TemporaryDirectory
    var certificatePath: String { directory.path + "/cert.pem" }

    init() throws {
        directory = try TemporaryDirectory()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", directory.path + "/key.pem", "-out",
            directory.path + "/cert.pem",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ShellFailure.failed("openssl made no certificate") }
    }

    func serverContext() throws -> NIOSSLContext {
        try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: NIOSSLCertificate.fromPEMFile(certificatePath).map { .certificate($0) },
                privateKey: .privateKey(NIOSSLPrivateKey(file: directory.path + "/key.pem", format: .pem))))
    }
}
