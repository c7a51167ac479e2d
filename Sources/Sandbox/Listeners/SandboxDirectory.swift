import CryptoPrimitives
import FoundationEssentials
import Glibc
import Signal

/// Where a sandbox keeps what clients are configured with, so that a restart changes nothing for them.
struct SandboxDirectory {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let path: String
    var authorityFile: String { "\(path)/ca.pem" }
    var certificateFile: String { "\(path)/server.pem" }
    var keyFile: String { "\(path)/server.key" }
    private var rootKeyFile: String { "\(path)/noise-root.key" }

    /// Uses or makes the directory (mode 0700), and makes what is missing in it.
    init(path: String) throws {
        self.path = path
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw Failure(description: "can not make \(path): \(String(cString: strerror(errno)))")
        }
    }

    /// A new one below the system's directory for temporary files.
    static func temporary() throws -> SandboxDirectory {
        var template = Array("\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/wa-sandbox.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(description: "can not make a temporary directory") }
        return try SandboxDirectory(path: String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    /// Makes the TLS files unless all of them are there.
    func prepareCertificates() throws {
        let files: [String] = [authorityFile, certificateFile, keyFile]
        if files.allSatisfy({ access($0, R_OK) == 0 }) { return }
        var rng = SystemRandomNumberGenerator()
        let issued = try TLSAuthority.issue(serial: UInt64.random(in: 1...UInt64(Int64.max) - 1, using: &rng))
        try write(issued.authority, to: authorityFile)
        try write(issued.certificate, to: certificateFile)
        try write(issued.key, to: keyFile)
    }

    /// The root of the Noise certificates: hex of the private key in a file of its own.
    func rootKey() throws -> KeyPair {
        if let data = try? Data(contentsOf: URL(filePath: rootKeyFile)) {
            let text = String(decoding: data, as: UTF8.self).filter { !$0.isWhitespace }
            guard let bytes = Hex.decode(text), let pair = try? KeyPair(privateKey: bytes) else {
                throw Failure(description: "\(rootKeyFile) is not 32 bytes in hex")
            }
            return pair
        }
        var rng = SystemRandomNumberGenerator()
        let pair = KeyPair.generate(using: &rng)
        try write(Hex.encode(pair.privateKey) + "\n", to: rootKeyFile)
        return pair
    }

    private func write(_ text: String, to file: String) throws {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(description: "can not write \(file): \(String(cString: strerror(errno)))") }
        defer { Glibc.close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { throw Failure(description: "can not write \(file)") }
    }
}
