import Model
import WAProto
import WhatsApp

/// What a phone needs to show a file: without it there are grey boxes, "file unsupported", or nothing. Source: protocol notes on media, section 6.
struct FileCheck {
    /// Phones drop messages with larger ones.
    static let thumbnailLimit = 50 << 10

    let id: String
    /// Codes for playing while loading, as the message has them, and as they should be is the vault's affair.
    private(set) var sidecar: [UInt8] = []

    /// nil where the message has no file.
    mutating func file(_ message: WAMessage) throws(Refusal) -> (file: PhoneFile, descriptor: MediaDescriptor)? {
        let content = message.unwrapped
        if content.hasImageMessage { return try image(content.imageMessage) }
        if content.hasVideoMessage { return try video(content.videoMessage) }
        if content.hasAudioMessage { return try audio(content.audioMessage) }
        if content.hasDocumentMessage {
            if !content.documentMessage.caption.isEmpty, !message.hasDocumentWithCaptionMessage {
                throw .unreadable("\(id): a document with a caption that is not in documentWithCaptionMessage")
            }
            return try document(content.documentMessage)
        }
        if content.hasStickerMessage { return try sticker(content.stickerMessage) }
        return nil
    }

    private mutating func image(_ part: WAImageMessage) throws(Refusal) -> (PhoneFile, MediaDescriptor) {
        var (file, descriptor) = try common(part, .image, "an image")
        try picture(width: part.width, height: part.height, thumbnail: Array(part.jpegThumbnail), "an image")
        guard part.mimetype == "image/jpeg" || part.mimetype == "image/png" || part.mimetype == "image/webp" else {
            throw .unreadable("\(id): an image of type \(part.mimetype)")
        }
        (file.width, file.height, file.thumbnail) = (part.width, part.height, part.jpegThumbnail.count)
        return (file, descriptor)
    }

    private mutating func video(_ part: WAVideoMessage) throws(Refusal) -> (PhoneFile, MediaDescriptor) {
        var (file, descriptor) = try common(part, .video, "a video")
        try picture(width: part.width, height: part.height, thumbnail: Array(part.jpegThumbnail), "a video")
        guard part.hasSeconds else { throw .unreadable("\(id): a video without seconds") }
        (file.width, file.height, file.thumbnail, file.seconds) = (part.width, part.height, part.jpegThumbnail.count, part.seconds)
        if part.gifPlayback { file.animation = true }
        sidecar = Array(part.streamingSidecar)
        return (file, descriptor)
    }

    private mutating func audio(_ part: WAAudioMessage) throws(Refusal) -> (PhoneFile, MediaDescriptor) {
        var (file, descriptor) = try common(part, .audio, "an audio")
        guard part.hasSeconds else { throw .unreadable("\(id): an audio without seconds") }
        if part.ptt {
            guard part.mimetype == "audio/ogg; codecs=opus" else { throw .unreadable("\(id): a voice note of type \(part.mimetype)") }
            guard part.waveform.count == 64, part.waveform.allSatisfy({ $0 <= 100 }) else {
                throw .unreadable("\(id): a voice note without a waveform of 64 values from 0 to 100")
            }
            (file.voiceNote, file.waveform) = (true, part.waveform.count)
        }
        file.seconds = part.seconds
        sidecar = Array(part.streamingSidecar)
        return (file, descriptor)
    }

    private func document(_ part: WADocumentMessage) throws(Refusal) -> (PhoneFile, MediaDescriptor) {
        var (file, descriptor) = try common(part, .document, "a document")
        guard !part.fileName.isEmpty else { throw .unreadable("\(id): a document without fileName") }
        guard !part.title.isEmpty else { throw .unreadable("\(id): a document without title") }
        try thumbnail(Array(part.jpegThumbnail), "a document", mustBe: false)
        file.fileName = part.fileName
        if part.hasPageCount { file.pages = part.pageCount }
        if !part.jpegThumbnail.isEmpty { file.thumbnail = part.jpegThumbnail.count }
        return (file, descriptor)
    }

    private func sticker(_ part: WAStickerMessage) throws(Refusal) -> (PhoneFile, MediaDescriptor) {
        var (file, descriptor) = try common(part, .image, "a sticker")
        guard part.mimetype == "image/webp" || part.mimetype == "application/was" else {
            throw .unreadable("\(id): a sticker of type \(part.mimetype)")
        }
        guard part.width > 0, part.height > 0 else { throw .unreadable("\(id): a sticker without width and height") }
        (file.width, file.height) = (part.width, part.height)
        return (file, descriptor)
    }

    private func common(
        _ part: some MediaPart, _ category: MediaCategory, _ name: String
    ) throws(Refusal) -> (PhoneFile, MediaDescriptor) {
        guard !part.mimetype.isEmpty else { throw .unreadable("\(id): \(name) without mimetype") }
        guard part.mediaKeyTimestamp > 0 else { throw .unreadable("\(id): \(name) without mediaKeyTimestamp") }
        guard part.hasFileLength else { throw .unreadable("\(id): \(name) without fileLength") }
        guard part.fileEncSha256.count == 32 else { throw .unreadable("\(id): \(name) without fileEncSHA256") }
        guard part.url.hasPrefix("https://") else { throw .unreadable("\(id): \(name) without URL") }
        do throws(MediaCipherError) {
            let descriptor = try MediaDescriptor(
                category: category, mediaKey: Array(part.mediaKey), fileSHA256: Array(part.fileSha256),
                fileEncSHA256: Array(part.fileEncSha256), fileLength: part.fileLength, directPath: part.directPath)
            return (PhoneFile(descriptor, mimeType: part.mimetype), descriptor)
        } catch {
            throw .unreadable("\(id): \(name) with \(error)")
        }
    }

    private func picture(width: UInt32, height: UInt32, thumbnail bytes: [UInt8], _ name: String) throws(Refusal) {
        guard width > 0, height > 0 else { throw .unreadable("\(id): \(name) without width and height") }
        try thumbnail(bytes, name, mustBe: true)
    }

    private func thumbnail(_ bytes: [UInt8], _ name: String, mustBe: Bool) throws(Refusal) {
        if bytes.isEmpty, !mustBe { return }
        guard bytes.starts(with: [0xFF, 0xD8, 0xFF]) else { throw .unreadable("\(id): \(name) without JPEGThumbnail") }
        guard bytes.count <= Self.thumbnailLimit else { throw .unreadable("\(id): \(name) with a thumbnail of \(bytes.count) bytes") }
    }
}

extension World {
    /// The file of a message, fetched and checked as a phone does; nil where it has none.
    func file(of message: WAMessage, id: String) throws(Refusal) -> PhoneFile? {
        var check = FileCheck(id: id)
        guard let (file, descriptor) = try check.file(message) else { return nil }
        let sidecar: [UInt8]
        do { sidecar = try vault.check(descriptor) } catch { throw .unreadable("\(id): the file can not be had: \(error)") }
        guard check.sidecar.isEmpty || check.sidecar == sidecar else { throw .unreadable("\(id): streamingSidecar is wrong") }
        return file
    }
}
