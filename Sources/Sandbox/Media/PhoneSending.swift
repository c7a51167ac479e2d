import CryptoPrimitives
import FoundationEssentials
import WAProto
import WhatsApp

/// What a phone's owner wants to send, and how it looks in a message.
struct PhoneSending: Codable, Sendable {
    var to: String
    /// image, video, audio, document or sticker.
    var kind: String
    /// A path on this machine.
    var file: String
    var caption: String?
    var mimeType: String?
    var fileName: String?
    var ptt: Bool?
    /// What is put around it: `view-once`, `ephemeral` or `associated-child`.
    var wrap: String?

    enum CodingKeys: String, CodingKey {
        case to, kind, file, caption, ptt, wrap
        case mimeType = "mime_type"
        case fileName = "file_name"
    }

    /// One white pixel.
    private static let thumbnail: [UInt8] =
        Hex.decode(
            "ffd8ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0c140d0c0b0b0c1912130f141d1a1f1e1d1a1c1c20242e2720222c"
                + "231c1c2837292c30313434341f27393d38323c2e333432ffc0000b080001000101011100ffc4001f0000010501010101010100000000000000000102030405060708"
                + "090a0bffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718"
                + "191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3"
                + "a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda0008010100003f00fbfc"
                + "ffd9") ?? [0xFF, 0xD8, 0xFF]

    var category: MediaCategory? {
        switch kind {
        case "image", "sticker": .image
        case "video": .video
        case "audio": .audio
        case "document": .document
        default: nil
        }
    }

    /// The message and its file; the file is at the hosts already.
    func message(_ stored: MediaVault.File, _ facts: MediaEncryptor.Facts, mediaKey: [UInt8], seconds: Int64, host: String) -> WAMessage {
        var message = WAMessage()
        let address = Address(path: stored.directPath, url: "https://\(host)\(stored.directPath)&mms3=true", facts: facts, key: mediaKey, time: seconds)
        switch kind {
        case "image":
            address.fill(&message.imageMessage, mimeType ?? "image/jpeg")
            (message.imageMessage.width, message.imageMessage.height) = (640, 480)
            message.imageMessage.jpegThumbnail = Data(Self.thumbnail)
            if let caption { message.imageMessage.caption = caption }
        case "video":
            address.fill(&message.videoMessage, mimeType ?? "video/mp4")
            (message.videoMessage.width, message.videoMessage.height, message.videoMessage.seconds) = (640, 480, 3)
            message.videoMessage.jpegThumbnail = Data(Self.thumbnail)
            message.videoMessage.streamingSidecar = Data(facts.sidecar)
            if let caption { message.videoMessage.caption = caption }
        case "audio":
            address.fill(&message.audioMessage, mimeType ?? (ptt == true ? "audio/ogg; codecs=opus" : "audio/mpeg"))
            message.audioMessage.seconds = 3
            message.audioMessage.ptt = ptt ?? false
            if ptt == true { message.audioMessage.waveform = Data((0..<64).map { UInt8($0 % 100) }) }
            message.audioMessage.streamingSidecar = Data(facts.sidecar)
        case "sticker":
            address.fill(&message.stickerMessage, mimeType ?? "image/webp")
            (message.stickerMessage.width, message.stickerMessage.height) = (512, 512)
        default:
            var document = WADocumentMessage()
            address.fill(&document, mimeType ?? "application/pdf")
            document.fileName = fileName ?? "document.pdf"
            document.title = document.fileName
            if let caption {
                document.caption = caption
                message.documentWithCaptionMessage.message.documentMessage = document
            } else {
                message.documentMessage = document
            }
        }
        return wrapped(message)
    }

    private func wrapped(_ message: WAMessage) -> WAMessage {
        var outer = WAMessage()
        switch wrap {
        case "view-once": outer.viewOnceMessageV2.message = message
        case "ephemeral": outer.ephemeralMessage.message = message
        case "associated-child": outer.associatedChildMessage.message = message
        default: return message
        }
        return outer
    }

    private struct Address {
        let path: String
        let url: String
        let facts: MediaEncryptor.Facts
        let key: [UInt8]
        let time: Int64

        func fill(_ part: inout some MediaPart, _ mimeType: String) {
            part.mimetype = mimeType
            part.directPath = path
            part.url = url
            part.mediaKey = Data(key)
            part.mediaKeyTimestamp = time
            part.fileSha256 = Data(facts.fileSHA256)
            part.fileEncSha256 = Data(facts.fileEncSHA256)
            part.fileLength = UInt64(facts.fileLength)
        }
    }
}
