package import Model

/// Looks into a file that is to be sent and makes it what phones expect. Reads and writes in pieces; takes as long as it takes, so
/// it belongs on a thread that may block.
package enum MediaPreparation {
    /// Pixels of a thumbnail's longest side: what phones send themselves.
    package static let thumbnailSide = 100

    /// - Parameters:
    ///   - kind: what the sender calls it. For picture, video and sound the content decides what it is; for a document, the sender.
    ///   - declaredType: the media type that the sender gave.
    ///   - scratch: a directory for converted files, which belong to the caller from then on.
    package static func prepare(
        path: String, as kind: MediaKind, isVoiceNote: Bool = false, declaredType: String? = nil, fileName: String? = nil, scratch: String
    ) throws(MediaError) -> PreparedMedia {
        let head: [UInt8]
        let length: Int64
        do throws(ContainerError) {
            let file = try FileBytes(path)
            length = file.length
            head = try file.some(FileType.headBytes, at: 0)
        } catch { throw MediaError(error, kind, .unknown) }
        guard length > 0 else { throw MediaError(.empty, kind, "is an empty file") }
        let type = FileType(head: head)
        let scratch = Scratch(directory: scratch)
        switch kind {
        case .image: return try ImagePreparation(path: path, scratch: scratch).prepare(type)
        case .video: return try VideoPreparation(path: path, length: length).prepare(type)
        case .audio: return try AudioPreparation(path: path, length: length, scratch: scratch).prepare(type, isVoiceNote: isVoiceNote)
        case .document:
            let mimeType = DocumentType.mimeType(declared: declaredType, fileName: fileName, sniffed: type)
            return document(path, length, type, mimeType)
        }
    }

    /// Nothing that is found in a document keeps it from being sent.
    private static func document(_ path: String, _ length: Int64, _ type: FileType, _ mimeType: String) -> PreparedMedia {
        var prepared = PreparedMedia(path: path, mimeType: mimeType, fileLength: length)
        if type == .pdf { prepared.pageCount = (try? FileBytes(path)).flatMap(PDFPages.count) }
        if [.jpeg, .png, .webp].contains(type), let picture = try? Picture(path, type, longest: 400) {
            let orientation = type == .jpeg ? (try? JPEGFile(FileBytes(path)))?.orientation : nil
            if let thumbnail = try? picture.thumbnail(orientation: orientation ?? 1) { prepared.set(thumbnail) }
        }
        return prepared
    }
}

/// Where converted files go.
struct Scratch {
    let directory: String

    /// A name that nobody else has.
    func newPath() -> String {
        let name = (0..<4).map { _ in UInt32.random(in: .min ... .max) }.map { String($0, radix: 36) }.joined()
        return "\(directory)/prepared-\(name)"
    }
}
