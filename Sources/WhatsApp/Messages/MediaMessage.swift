// SwiftProtobuf speaks of bytes as Data; nothing else of Foundation is used.
import struct FoundationEssentials.Data
package import Model
import SwiftProtobuf
package import WAProto

/// A file of ours as the message that shows it. Phones want all of it: without dimensions and thumbnail they show grey boxes.
/// Source: protocol notes on media, section 6.
package struct MediaMessage: Sendable {
    package var kind: MediaKind
    package var mimeType: String
    package var caption: String?
    /// For documents.
    package var fileName: String?
    package var isVoiceNote = false
    /// A video without sound that is repeated.
    package var isAnimation = false
    package var width: UInt32?
    package var height: UInt32?
    package var seconds: UInt32?
    /// JPEG, a few kilobytes.
    package var thumbnail: [UInt8]?
    package var thumbnailWidth: UInt32?
    package var thumbnailHeight: UInt32?
    /// 64 bytes, each 0 to 100, for voice notes.
    package var waveform: [UInt8]?
    package var pageCount: UInt32?

    package init(kind: MediaKind, mimeType: String) {
        self.kind = kind
        self.mimeType = mimeType
    }

    /// The kind of keys that its file is encrypted with.
    package var category: MediaCategory {
        switch kind {
        case .image: .image
        case .video: .video
        case .audio: .audio
        case .document: .document
        }
    }

    /// The message, but for where the file lies.
    package func message(_ facts: MediaEncryptor.Facts, mediaKey: [UInt8], at time: Timestamp) -> WAMessage {
        var message = WAMessage()
        switch kind {
        case .image: message.imageMessage = image(facts, mediaKey, time)
        case .video: message.videoMessage = video(facts, mediaKey, time)
        case .audio: message.audioMessage = audio(facts, mediaKey, time)
        case .document where caption != nil: message.documentWithCaptionMessage.message.documentMessage = document(facts, mediaKey, time)
        case .document: message.documentMessage = document(facts, mediaKey, time)
        }
        return message
    }

    private func image(_ facts: MediaEncryptor.Facts, _ key: [UInt8], _ time: Timestamp) -> WAImageMessage {
        var part = WAImageMessage()
        fill(&part, facts, key, time)
        if let caption { part.caption = caption }
        if let width { part.width = width }
        if let height { part.height = height }
        if let thumbnail { part.jpegThumbnail = Data(thumbnail) }
        return part
    }

    private func video(_ facts: MediaEncryptor.Facts, _ key: [UInt8], _ time: Timestamp) -> WAVideoMessage {
        var part = WAVideoMessage()
        fill(&part, facts, key, time)
        if let caption { part.caption = caption }
        if let width { part.width = width }
        if let height { part.height = height }
        part.seconds = seconds ?? 0
        if let thumbnail { part.jpegThumbnail = Data(thumbnail) }
        if isAnimation { part.gifPlayback = true }
        part.streamingSidecar = Data(facts.sidecar)
        return part
    }

    private func audio(_ facts: MediaEncryptor.Facts, _ key: [UInt8], _ time: Timestamp) -> WAAudioMessage {
        var part = WAAudioMessage()
        fill(&part, facts, key, time)
        part.seconds = seconds ?? 0
        part.ptt = isVoiceNote
        if let waveform { part.waveform = Data(waveform) }
        part.streamingSidecar = Data(facts.sidecar)
        return part
    }

    private func document(_ facts: MediaEncryptor.Facts, _ key: [UInt8], _ time: Timestamp) -> WADocumentMessage {
        var part = WADocumentMessage()
        fill(&part, facts, key, time)
        if let fileName {
            part.fileName = fileName
            part.title = fileName
        }
        if let caption { part.caption = caption }
        if let pageCount { part.pageCount = pageCount }
        if let thumbnail {
            part.jpegThumbnail = Data(thumbnail)
            if let thumbnailWidth { part.thumbnailWidth = thumbnailWidth }
            if let thumbnailHeight { part.thumbnailHeight = thumbnailHeight }
        }
        return part
    }

    private func fill(_ part: inout some MediaPart, _ facts: MediaEncryptor.Facts, _ key: [UInt8], _ time: Timestamp) {
        part.mimetype = mimeType
        part.mediaKey = Data(key)
        part.mediaKeyTimestamp = time.seconds
        part.fileSha256 = Data(facts.fileSHA256)
        part.fileEncSha256 = Data(facts.fileEncSHA256)
        part.fileLength = UInt64(facts.fileLength)
    }
}

extension WAMessage {
    /// Says where the file lies.
    package mutating func placeFile(directPath: String, url: String) {
        if hasImageMessage { Self.place(&imageMessage, directPath, url) }
        if hasVideoMessage { Self.place(&videoMessage, directPath, url) }
        if hasAudioMessage { Self.place(&audioMessage, directPath, url) }
        if hasDocumentMessage { Self.place(&documentMessage, directPath, url) }
        if hasDocumentWithCaptionMessage { Self.place(&documentWithCaptionMessage.message.documentMessage, directPath, url) }
    }

    private static func place(_ part: inout some MediaPart, _ directPath: String, _ url: String) {
        part.directPath = directPath
        part.url = url
    }

    /// What its file is uploaded under: key and hashes as the message tells them.
    package var fileForUpload: (category: MediaCategory, mediaKey: [UInt8], fileEncSHA256: [UInt8], fileLength: UInt64)? {
        let content = unwrapped
        func found(_ part: some MediaPart, _ category: MediaCategory) -> (MediaCategory, [UInt8], [UInt8], UInt64) {
            (category, Array(part.mediaKey), Array(part.fileEncSha256), part.fileLength)
        }
        if content.hasImageMessage { return found(content.imageMessage, .image) }
        if content.hasVideoMessage { return found(content.videoMessage, .video) }
        if content.hasAudioMessage { return found(content.audioMessage, .audio) }
        if content.hasDocumentMessage { return found(content.documentMessage, .document) }
        return nil
    }
}
