import SwiftProtobuf
import WAProto

/// A part of the phone's history: the part itself, or where it lies. Kept serialised until it is taken in.
///
/// Source: protocol notes on state, section 3.
package struct HistoryNotice: Equatable, Sendable {
    package enum Place: Equatable, Sendable {
        /// Packed with zlib.
        case inline([UInt8])
        case file(HistoryFile)
        /// Phone numbers and the LIDs that belong to them; no receipt of its own.
        case pairs([HistoryItem.Pair])
    }

    /// Which part of the whole it is.
    package struct Part: Equatable, Sendable {
        /// The number of its kind in the schema.
        package let kind: Int
        package let order: UInt32
    }

    /// The serialised protocol message.
    package let bytes: [UInt8]
    package let place: Place
    /// nil for pairs, which are no part of the history.
    package let part: Part?

    package var wantsReceipt: Bool {
        if case .pairs = place { false } else { true }
    }

    /// nil for what announces no data.
    init?(_ order: WAProtocolMessage) {
        guard let bytes: [UInt8] = try? order.serializedBytes() else { return nil }
        self.bytes = bytes
        if order.hasLidMigrationMappingSyncMessage {
            let payload = Array(order.lidMigrationMappingSyncMessage.encodedMappingPayload)
            guard let pairs = LIDMappingPayload.pairs(payload) else { return nil }
            place = .pairs(pairs)
            part = nil
            return
        }
        let notice = order.historySyncNotification
        part = Part(kind: notice.syncType.rawValue, order: notice.chunkOrder)
        if notice.hasInitialHistBootstrapInlinePayload {
            place = .inline(Array(notice.initialHistBootstrapInlinePayload))
        } else {
            guard let file = HistoryFile(notice) else { return nil }
            place = .file(file)
        }
    }

    /// What ``bytes`` was.
    package init(_ bytes: [UInt8]) throws(StanzaError) {
        guard let order = try? WAProtocolMessage(serializedBytes: bytes), let notice = HistoryNotice(order) else {
            throw .malformedProtobuf
        }
        self = notice
    }
}

/// Where a part of the history lies on the media servers, encrypted as `md-msg-hist`.
package struct HistoryFile: Equatable, Sendable {
    package let directPath: String
    /// 32 bytes.
    package let mediaKey: [UInt8]
    package let fileHash: [UInt8]
    package let encryptedHash: [UInt8]
    /// Bytes when decrypted; nil where the phone tells none.
    package let length: UInt64?

    init?(_ notice: WAHistorySyncNotification) {
        guard !notice.directPath.isEmpty, notice.mediaKey.count == 32 else { return nil }
        directPath = notice.directPath
        mediaKey = Array(notice.mediaKey)
        fileHash = Array(notice.fileSha256)
        encryptedHash = Array(notice.fileEncSha256)
        length = notice.hasFileLength ? notice.fileLength : nil
    }
}
