import CryptoPrimitives
import CZlib
import FoundationEssentials
import SwiftProtobuf
import WAProto
import WhatsApp

/// How phones hand over parts of their history: a small first part inside of the message, all others as files at the media hosts.
/// Source: protocol notes on state, section 3.
extension World {
    /// Bytes of a packed first part that still travels inside of its message.
    private static let inlineLimit = 16 << 10

    mutating func historyNotice(_ part: WAHistorySync) throws(Refusal) -> WAMessage {
        guard let bytes: [UInt8] = try? part.serializedBytes(), let packed = Self.deflated(bytes) else {
            throw .unreadable("the history can not be written")
        }
        var notice = WAHistorySyncNotification()
        notice.syncType = part.syncType
        notice.chunkOrder = part.chunkOrder
        notice.progress = part.progress
        let isFirst = part.syncType == .initialBootstrap && packed.count <= Self.inlineLimit
        // A service without media hosts is one of unit tests.
        if isFirst || service.media.names.isEmpty {
            notice.initialHistBootstrapInlinePayload = Data(packed)
        } else {
            try place(packed, in: &notice)
        }
        var message = WAMessage()
        message.protocolMessage.type = .historySyncNotification
        message.protocolMessage.historySyncNotification = notice
        return message
    }

    private mutating func place(_ packed: [UInt8], in notice: inout WAHistorySyncNotification) throws(Refusal) {
        let key = Random.bytes(MediaKeys.keyLength, using: &service.rng)
        do {
            let (file, facts) = try vault.upload(packed, .history, mediaKey: key)
            notice.mediaKey = Data(key)
            notice.directPath = file.directPath
            notice.fileSha256 = Data(facts.fileSHA256)
            notice.fileEncSha256 = Data(facts.fileEncSHA256)
            notice.fileLength = UInt64(facts.fileLength)
        } catch { throw .unreadable("the history can not be uploaded: \(error)") }
    }

    private static func deflated(_ bytes: [UInt8]) -> [UInt8]? {
        var size = compressBound(uLong(bytes.count))
        var packed = [UInt8](repeating: 0, count: Int(size))
        guard compress2(&packed, &size, bytes, uLong(bytes.count), Z_BEST_SPEED) == Z_OK else { return nil }
        return Array(packed.prefix(Int(size)))
    }
}
