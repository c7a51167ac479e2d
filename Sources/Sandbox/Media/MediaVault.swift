import CryptoPrimitives
import FoundationEssentials
import Glibc
import WhatsApp

/// The files of the simulated media hosts, on the disk. Lives on the sandbox's loop.
final class MediaVault: @unchecked Sendable {
    struct File: Codable, Sendable {
        /// Path and query, as messages carry it.
        var directPath: String
        /// The name in upload paths and in `mms-type`.
        var type: String
        /// Of what was uploaded, in hex; the name of the file on the disk.
        var hash: String
        var length: Int
        /// The hosts do not give it any more.
        var isExpired = false

        enum CodingKeys: String, CodingKey {
            case directPath = "direct_path", type, hash, length
            case isExpired = "expired"
        }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Made when it is first needed, where none was named.
    private lazy var directory = Self.temporaryDirectory()
    private(set) var files: [File] = []
    private var count = 0
    private var indexFile: String { directory + "/index.json" }

    /// Uses or makes the directory; what an earlier sandbox kept there is here again.
    init(_ directory: String) {
        self.directory = directory
        mkdir(directory, 0o700)
        if let data = try? Data(contentsOf: URL(filePath: indexFile)), let kept = try? JSONDecoder().decode([File].self, from: data) {
            files = kept
        }
        count = files.count
    }

    private init() {}

    /// Below the system's directory for temporary files.
    static func temporary() -> MediaVault { MediaVault() }

    private static func temporaryDirectory() -> String {
        var template = Array("\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/wa-sandbox-media.XXXXXX".utf8CString)
        mkdtemp(&template)
        return String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func path(_ hash: String) -> String { "\(directory)/\(hash)" }
    func partial(_ hash: String) -> String { "\(directory)/\(hash).part" }

    /// Bytes of an upload that broke off.
    func begun(_ hash: String) -> Int {
        var about = stat()
        return stat(partial(hash), &about) == 0 ? Int(about.st_size) : 0
    }

    /// The file that was uploaded under this hash and type and is still given out.
    func file(hash: String, type: String) -> File? { files.last { $0.hash == hash && $0.type == type && !$0.isExpired } }

    /// The file at a path, expired ones too.
    func file(at directPath: String) -> File? { files.last { $0.directPath == directPath } }

    /// A whole upload gets its address.
    func add(hash: String, type: String, length: Int) -> File {
        count += 1
        let signature = SHA256.hash(Array("\(hash) \(type) \(count)".utf8))
        let file = File(
            directPath: "/v/t62.7118-24/\(count)_\(hash.prefix(12))_n.enc?ccb=11-4&oh=01_\(Hex.encode(Array(signature.prefix(8))))&oe=7FFFFFFF&_nc_sid=5e03e0",
            type: type, hash: hash, length: length)
        files.append(file)
        keep()
        return file
    }

    /// The hosts lose it; a phone that has it can upload it again.
    /// - Parameter directPath: nil for all.
    func expire(_ directPath: String?) -> Int {
        var expired = 0
        for index in files.indices where !files[index].isExpired && (directPath == nil || files[index].directPath == directPath) {
            files[index].isExpired = true
            expired += 1
        }
        keep()
        return expired
    }

    /// A client has no more use for the file.
    /// - Returns: false where there is none.
    func delete(hash: String, type: String) -> Bool {
        guard let index = files.lastIndex(where: { $0.hash == hash && $0.type == type && !$0.isExpired }) else { return false }
        files[index].isExpired = true
        keep()
        return true
    }

    private func keep() {
        guard let data = try? JSONEncoder().encode(files) else { return }
        try? data.write(to: URL(filePath: indexFile), options: .atomic)
    }

    // MARK: What phones do

    /// Encrypts bytes as a phone does, and uploads them.
    func upload(_ bytes: [UInt8], _ category: MediaCategory, mediaKey: [UInt8]) throws -> (file: File, facts: MediaEncryptor.Facts) {
        let temporary = "\(directory)/bytes.part"
        guard let output = fopen(temporary, "we") else { throw Failure(description: "can not write \(temporary)") }
        do { try Self.write(bytes, to: output) } catch {
            fclose(output)
            throw error
        }
        guard fclose(output) == 0 else { throw Failure(description: "can not write \(temporary)") }
        defer { unlink(temporary) }
        return try upload(temporary, category, mediaKey: mediaKey)
    }

    /// Encrypts a file as a phone does, and uploads it.
    func upload(_ source: String, _ category: MediaCategory, mediaKey: [UInt8]) throws -> (file: File, facts: MediaEncryptor.Facts) {
        let keys = try MediaKeys(mediaKey, for: category)
        var encryptor = try MediaEncryptor(keys, category: category)
        let temporary = "\(directory)/phone.part"
        guard let input = fopen(source, "re") else { throw Failure(description: "can not read \(source)") }
        defer { fclose(input) }
        guard let output = fopen(temporary, "we") else { throw Failure(description: "can not write \(temporary)") }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, input), count > 0 {
            try Self.write(try encryptor.update(Array(buffer.prefix(count))), to: output)
        }
        let (last, facts) = try encryptor.finish()
        try Self.write(last, to: output)
        guard fclose(output) == 0 else { throw Failure(description: "can not write \(temporary)") }
        let hash = Hex.encode(facts.fileEncSHA256)
        guard rename(temporary, path(hash)) == 0 else { throw Failure(description: "can not keep \(hash)") }
        let known = file(hash: hash, type: category.wireName)
        return (known ?? add(hash: hash, type: category.wireName, length: facts.encryptedLength), facts)
    }

    /// Fetches and decrypts as a phone does: every check of it.
    /// - Returns: the code of its sidecar, as it should be.
    func check(_ descriptor: MediaDescriptor) throws -> [UInt8] {
        guard let directPath = descriptor.directPath, let file = file(at: directPath), !file.isExpired else {
            throw Failure(description: "no media host has the file")
        }
        guard file.type == descriptor.category.wireName else { throw Failure(description: "it was uploaded as \(file.type)") }
        var decryptor = try MediaDecryptor(descriptor, limit: 1 << 31)
        var encryptor = try MediaEncryptor(try MediaKeys(descriptor.mediaKey, for: descriptor.category), category: descriptor.category)
        guard let input = fopen(path(file.hash), "re") else { throw Failure(description: "the file is not on the disk") }
        defer { fclose(input) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, input), count > 0 {
            _ = try encryptor.update(try decryptor.update(Array(buffer.prefix(count))))
        }
        _ = try encryptor.update(try decryptor.finish())
        return try encryptor.finish().facts.sidecar
    }

    private static func write(_ bytes: [UInt8], to file: UnsafeMutablePointer<FILE>) throws {
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Failure(description: "can not write a file") }
    }
}
