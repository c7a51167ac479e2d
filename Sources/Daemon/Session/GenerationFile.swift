import Glibc

/// A number beside the database that grows with every connection. Where it differs from the database's a backup was restored, or the
/// installation was copied: ratchets of that state must not send, their counters were used before.
struct GenerationFile {
    private let path: String

    init(directory: String, session: Int64) { path = "\(directory)/generation-\(session)" }

    /// nil where there is none, or nothing readable in it.
    func read() -> Int64? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = fread(&bytes, 1, bytes.count, file)
        return Int64(String(decoding: bytes.prefix(count).prefix { $0 != 0x0A }, as: UTF8.self))
    }

    /// False where it could not be written.
    func write(_ generation: Int64) -> Bool {
        let fresh = path + ".new"
        guard let file = fopen(fresh, "we") else { return false }
        let text = Array("\(generation)\n".utf8)
        let isWritten = fwrite(text, 1, text.count, file) == text.count && fflush(file) == 0 && fsync(fileno(file)) == 0
        return fclose(file) == 0 && isWritten && rename(fresh, path) == 0
    }
}
