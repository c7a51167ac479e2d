import Model
import WAProto

/// The file that a message speaks of. All of it is the sender's claim.
package struct IncomingMedia: Equatable, Sendable {
    package let descriptor: MediaDescriptor
    package let mimeType: String?
    /// Without directories and control characters.
    package let fileName: String?

    /// nil where the message has no file, or none that could be fetched and checked.
    init?(_ message: WAMessage) {
        guard let found = Self.parts(of: message), let descriptor = found.descriptor else { return nil }
        self.descriptor = descriptor
        mimeType = Self.mimeType(found.mimeType)
        fileName = Self.fileName(found.fileName)
    }

    private struct Parts {
        var descriptor: MediaDescriptor?
        var mimeType: String
        var fileName = ""
    }

    private static func parts(of message: WAMessage) -> Parts? {
        if message.hasImageMessage { return Parts(descriptor: descriptor(message.imageMessage, .image), mimeType: message.imageMessage.mimetype) }
        if message.hasVideoMessage { return Parts(descriptor: descriptor(message.videoMessage, .video), mimeType: message.videoMessage.mimetype) }
        if message.hasPtvMessage { return Parts(descriptor: descriptor(message.ptvMessage, .video), mimeType: message.ptvMessage.mimetype) }
        if message.hasAudioMessage { return Parts(descriptor: descriptor(message.audioMessage, .audio), mimeType: message.audioMessage.mimetype) }
        if message.hasDocumentMessage {
            let document = message.documentMessage
            return Parts(
                descriptor: descriptor(document, .document), mimeType: document.mimetype,
                fileName: document.fileName.isEmpty ? document.title : document.fileName)
        }
        if message.hasStickerMessage {
            return Parts(descriptor: descriptor(message.stickerMessage, .image), mimeType: message.stickerMessage.mimetype)
        }
        return nil
    }

    private static func descriptor(_ part: some MediaPart, _ category: MediaCategory) -> MediaDescriptor? {
        try? MediaDescriptor(
            category: category, mediaKey: Array(part.mediaKey), fileSHA256: Array(part.fileSha256),
            fileEncSHA256: part.fileEncSha256.isEmpty ? nil : Array(part.fileEncSha256), fileLength: part.hasFileLength ? part.fileLength : nil,
            directPath: part.directPath, url: part.url)
    }

    /// Printable ASCII such as `audio/ogg; codecs=opus`; anything else is none.
    private static func mimeType(_ text: String) -> String? {
        guard !text.isEmpty, text.utf8.count <= 255, text.contains("/"), text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        return text
    }

    private static func fileName(_ text: String) -> String? {
        FileName.clean(text).map { String(String.UnicodeScalarView($0.unicodeScalars.prefix(255))) }
    }
}
