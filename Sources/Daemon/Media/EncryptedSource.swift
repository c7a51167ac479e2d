import WhatsApp

/// A file of ours as the hosts get it, encrypted while it is read; no encrypted copy is written. Its work is done on the file thread.
final class EncryptedSource: @unchecked Sendable {
    /// Bytes that are read at once.
    static let pieceBytes = 1 << 16

    private let thread: FileThread
    // Touched on the file thread alone.
    private let work: Work

    private final class Work: @unchecked Sendable {
        let file: OpenFile
        var encryptor: MediaEncryptor?
        var facts: MediaEncryptor.Facts?

        init(_ path: String, _ keys: MediaKeys, _ category: MediaCategory) throws {
            file = try OpenFile.reading(path)
            encryptor = try MediaEncryptor(keys, category: category)
        }

        func next() throws -> [UInt8]? {
            let piece = try file.read(EncryptedSource.pieceBytes)
            guard piece.isEmpty else { return try encryptor?.update(piece) }
            guard let encryptor = encryptor.take() else { return nil }
            let (last, facts) = try encryptor.finish()
            self.facts = facts
            return last
        }
    }

    init(_ path: String, mediaKey: [UInt8], category: MediaCategory, thread: FileThread) async throws {
        self.thread = thread
        work = try await thread.run { try Work(path, MediaKeys(mediaKey, for: category), category) }
    }

    /// The next bytes to upload; nil at the end. A piece may be empty.
    func next() async throws -> [UInt8]? { try await thread.run { [work] in try work.next() } }

    /// Reads the whole file; what the message has to tell of it.
    func facts() async throws -> MediaEncryptor.Facts {
        while try await next() != nil {}
        guard let facts = try await thread.run({ [work] in work.facts }) else { throw MediaCipherError.libraryFailure }
        return facts
    }
}
