import Model
import SwiftProtobuf
import WAProto

/// The pairs of phone number and LID that a phone sends once it keeps its chats by LID.
enum LIDMappingPayload {
    /// More than any phone has; bounds what a packed payload may grow to.
    private static let maximumBytes = 8 << 20

    /// - Parameter payload: a protobuf, plain or packed with gzip: clients have been seen to expect either.
    /// - Returns: nil where it is neither.
    static func pairs(_ payload: [UInt8]) -> [HistoryItem.Pair]? {
        let isPacked = payload.starts(with: [0x1F, 0x8B])
        guard payload.count <= maximumBytes, let plain = isPacked ? try? unpacked(payload) : payload,
            let decoded = try? WALIDMigrationMappingSyncPayload(serializedBytes: plain)
        else { return nil }
        return decoded.pnToLidMappings.compactMap { mapping in
            // The newest one is in use; the assigned one was the first.
            let lid = mapping.hasLatestLid && mapping.latestLid != 0 ? mapping.latestLid : mapping.assignedLid
            guard mapping.pn != 0, lid != 0 else { return nil }
            return HistoryItem.Pair(
                number: JID(user: String(mapping.pn), server: .phoneNumber), lid: JID(user: String(lid), server: .lid))
        }
    }

    private static func unpacked(_ payload: [UInt8]) throws -> [UInt8] {
        var isRead = false
        let stream = try InflateStream(form: .gzip, limit: maximumBytes) { _ in
            defer { isRead = true }
            return isRead ? [] : payload
        }
        var plain: [UInt8] = []
        while case let piece = try stream.read(), !piece.isEmpty { plain += piece }
        return plain
    }
}
