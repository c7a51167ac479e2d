import CryptoPrimitives
import WAProto
import WhatsApp

/// The file of a message on a phone's screen. A simulated phone has no secrets: its owner may see the key.
struct PhoneFile: Sendable, Codable, Equatable {
    /// Of the keys: image, video, audio or document.
    var category: String
    var mimeType: String
    var fileName: String?
    /// Bytes, and hash in hex, of the decrypted file.
    var length: UInt64
    var sha256: String
    var width: UInt32?
    var height: UInt32?
    var seconds: UInt32?
    var voiceNote: Bool?
    var animation: Bool?
    var pages: UInt32?
    /// Bytes of the thumbnail and of the waveform.
    var thumbnail: Int?
    var waveform: Int?
    var directPath: String
    /// In hex.
    var mediaKey: String
    var encryptedSHA256: String

    enum CodingKeys: String, CodingKey {
        case category, length, sha256, width, height, seconds, animation, pages, thumbnail, waveform
        case mimeType = "mime_type"
        case fileName = "file_name"
        case voiceNote = "ptt"
        case directPath = "direct_path"
        case mediaKey = "media_key"
        case encryptedSHA256 = "enc_sha256"
    }

    init(_ descriptor: MediaDescriptor, mimeType: String) {
        category = descriptor.category.rawValue
        self.mimeType = mimeType
        length = descriptor.fileLength ?? 0
        sha256 = Hex.encode(descriptor.fileSHA256)
        directPath = descriptor.directPath ?? ""
        mediaKey = Hex.encode(descriptor.mediaKey)
        encryptedSHA256 = Hex.encode(descriptor.fileEncSHA256 ?? [])
    }
}
