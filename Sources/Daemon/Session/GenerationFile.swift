import Glibc

/// Two numbers beside the database: one grows with every owner of the session, the other with everything that is encrypted. Where the database's are not
/// these, a backup was restored, or the installation was copied: ratchets of that state must not send, their counters were used before.
struct GenerationFile {
    struct Note: Equatable {
        var generation: Int64
        /// nil where an earlier version wrote the file.
        var steps: Int64?
    }

    private let path: String
    /// Digits of each number: what is written over a number must be as long as that.
    private static let width = 19

    init(directory: String, session: Int64) { path = "\(directory)/generation-\(session)" }

    /// nil where there is none, or nothing readable in it.
    func read() -> Note? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = fread(&bytes, 1, bytes.count, file)
        let numbers = bytes.prefix(count).split(separator: 0x0A, omittingEmptySubsequences: false).map { Int64(String(decoding: $0, as: UTF8.self)) }
        guard let generation = numbers.first ?? nil else { return nil }
        return Note(generation: generation, steps: numbers.count > 1 ? numbers[1] : nil)
    }

    /// False where it could not be written.
    func write(_ note: Note) -> Bool {
        TextFile.replace(Self.line(note.generation) + Self.line(note.steps ?? 0), at: path)
    }

    /// Writes over the second number without waiting for the disk: it outlives this process, and after a power cut a lower number is believed.
    /// - Returns: false where it could not be written.
    func note(steps: Int64) -> Bool {
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        let text = Self.line(steps)
        return pwrite(file, text, text.count, off_t(Self.width + 1)) == text.count
    }

    private static func line(_ number: Int64) -> [UInt8] {
        let digits = Array(String(number).utf8)
        return [UInt8](repeating: 0x30, count: max(0, width - digits.count)) + digits + [0x0A]
    }
}
