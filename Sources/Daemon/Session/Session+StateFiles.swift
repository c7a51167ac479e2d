import WAProto
import WhatsApp

/// Parts of settings and history that lie on the media servers.
extension Session {
    /// The content of a file of shared settings.
    func appStateFile(_ reference: WAExternalBlobReference) async throws -> [UInt8] {
        throw StateFileError.notTransferable
    }

    /// nil where the part came with its message.
    func historyFile(_ place: HistoryNotice.Place) async throws -> HistorySource? {
        guard case .file = place else { return nil }
        throw StateFileError.notTransferable
    }
}

/// Why a file of settings or history is not there.
enum StateFileError: Error {
    /// This version takes in what comes with the stanza itself.
    case notTransferable
}
