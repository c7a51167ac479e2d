import CryptoPrimitives
import Glibc
import WAProto
import WhatsApp

/// Parts of settings and history that lie at the media hosts.
extension Session {
    /// Bytes of a file of settings: an address book of some 50,000 people. It is read into memory as a whole.
    private static let appStateLimit = 16 << 20
    /// Packed bytes of one part of the history, which is read piece by piece.
    private static let historyLimit = 256 << 20

    /// The content of a file of shared settings.
    /// - Throws: ``MediaFailure``, ``MediaCipherError``, `LinkError.closed`.
    func appStateFile(_ reference: WAExternalBlobReference) async throws -> [UInt8] {
        let descriptor = try MediaDescriptor(
            category: .appState, mediaKey: Array(reference.mediaKey), fileSHA256: Array(reference.fileSha256),
            fileEncSHA256: reference.fileEncSha256.isEmpty ? nil : Array(reference.fileEncSha256),
            fileLength: reference.hasFileSizeBytes ? reference.fileSizeBytes : nil, directPath: reference.directPath)
        let path = try await stateFile(descriptor, limit: Self.appStateLimit)
        return try await environment.files.thread.run {
            defer { Glibc.unlink(path) }
            let file = try OpenFile.reading(path)
            var bytes: [UInt8] = []
            while case let piece = try file.read(1 << 16), !piece.isEmpty { bytes += piece }
            return bytes
        }
    }

    /// nil where the part came with its message. The file goes with the source.
    /// - Throws: as ``appStateFile(_:)``.
    func historyFile(_ place: HistoryNotice.Place) async throws -> HistorySource? {
        guard case .file(let file) = place else { return nil }
        let descriptor = try MediaDescriptor(
            category: .history, mediaKey: file.mediaKey, fileSHA256: file.fileHash,
            fileEncSHA256: file.encryptedHash.isEmpty ? nil : file.encryptedHash, fileLength: file.length, directPath: file.directPath)
        return try HistorySource(file: try await stateFile(descriptor, limit: Self.historyLimit))
    }

    private func stateFile(_ descriptor: MediaDescriptor, limit: Int) async throws -> String {
        do throws(MediaFailure) { return try await fetchMedia(descriptor, limit: limit) } catch {
            if error == .interrupted { throw LinkError.closed }
            throw error
        }
    }
}
