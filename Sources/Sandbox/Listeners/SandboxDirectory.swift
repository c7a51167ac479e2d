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
    private var stateFile: String { "\(path)/state.json" }
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

    /// What the last run left; nil where there was none.
    func state() throws -> WorldState? {
        guard access(stateFile, F_OK) == 0 else { return nil }
        do {
            return try WorldState(serialized: Array(try Data(contentsOf: URL(filePath: stateFile))))
        } catch {
            throw Failure(description: "can not use \(stateFile) (\(error)); move it away to begin anew")
        }
    }

    /// Replaces the state in one step, so that a process that is killed leaves the old one or the new one.
    func save(_ state: WorldState) throws {
        let fresh = "\(stateFile).new"
        try write(String(decoding: try state.serialized(), as: UTF8.self), to: fresh)
        guard rename(fresh, stateFile) == 0 else { throw Failure(description: "can not replace \(stateFile)") }
    }

    private func write(_ text: String, to file: String) throws {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(description: "can not write \(file): \(String(cString: strerror(errno)))") }
        defer { Glibc.close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Failure(description: "can not write \(file): \(String(cString: strerror(errno)))") }
            rest = rest.dropFirst(count)
        }
    }
}
