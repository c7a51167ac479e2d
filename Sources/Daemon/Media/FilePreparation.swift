import Media
import Model
import WhatsApp

/// Makes a file to be sent what phones expect, on a thread of its own: decoding a picture or encoding a voice note must not hold up
/// the files that are under way.
struct FilePreparation: Sendable {
    let directory: MediaDirectory
    private let thread = FileThread()

    init(directory: MediaDirectory) { self.directory = directory }

    /// - Parameter file: below `media.dir/outgoing`; it stays.
    /// - Throws: ``SendFailure``.
    func run(_ media: OutgoingMedia, _ file: String) async throws -> ReadyFile {
        let outgoing = directory.outgoing
        do {
            return try await thread.run {
                let prepared = try MediaPreparation.prepare(
                    path: outgoing + "/" + file, as: media.kind, isVoiceNote: media.isVoiceNote, declaredType: media.mimeType,
                    fileName: media.documentName, scratch: outgoing)
                let name = prepared.isConverted ? String(prepared.path.dropFirst(outgoing.count + 1)) : file
                return ReadyFile(name: name, message: MediaMessage(media, prepared))
            }
        } catch let error as MediaError {
            throw SendFailure.media(error.code.rawValue, error.words, isTransient: error.code == .unreadable)
        }
    }
}

extension MediaMessage {
    init(_ media: OutgoingMedia, _ prepared: PreparedMedia) {
        self.init(kind: media.kind, mimeType: prepared.mimeType)
        caption = media.caption
        fileName = media.kind == .document ? media.documentName : nil
        isVoiceNote = media.isVoiceNote
        width = prepared.width.flatMap(UInt32.init(exactly:))
        height = prepared.height.flatMap(UInt32.init(exactly:))
        seconds = prepared.seconds.flatMap(UInt32.init(exactly:))
        thumbnail = prepared.thumbnail
        thumbnailWidth = prepared.thumbnailWidth.flatMap(UInt32.init(exactly:))
        thumbnailHeight = prepared.thumbnailHeight.flatMap(UInt32.init(exactly:))
        waveform = prepared.waveform
        pageCount = prepared.pageCount.flatMap(UInt32.init(exactly:))
    }
}
