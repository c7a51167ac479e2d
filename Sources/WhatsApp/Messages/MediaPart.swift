// SwiftProtobuf speaks of bytes as Data; nothing else of Foundation is used.
package import struct FoundationEssentials.Data
package import WAProto

/// What the messages with a file have in common.
package protocol MediaPart {
    var url: String { get set }
    var directPath: String { get set }
    var mediaKey: Data { get set }
    var fileSha256: Data { get set }
    var fileEncSha256: Data { get set }
    var fileLength: UInt64 { get set }
    var hasFileLength: Bool { get }
    var mediaKeyTimestamp: Int64 { get set }
    var mimetype: String { get set }
}

extension WAImageMessage: MediaPart {}
extension WAVideoMessage: MediaPart {}
extension WAAudioMessage: MediaPart {}
extension WADocumentMessage: MediaPart {}
extension WAStickerMessage: MediaPart {}
