package import Model
import SwiftProtobuf
import WAProto

/// A message of the phone's history. It was decrypted elsewhere: no ratchet knows of it.
package struct HistoryMessage: Equatable, Sendable {
    package let chat: JID
    package let id: String
    package let isFromMe: Bool
    /// In groups, who wrote it.
    package let participant: JID?
    package let pushName: String?
    package let type: MessageType
    package let text: String?
    package let timestamp: Timestamp
    package let status: MessageStatus
    /// 32 bytes with which votes and reactions are encrypted.
    package let secret: [UInt8]?

    /// Unix seconds of the year 10000.
    private static let endOfTime: UInt64 = 253_402_300_800

    /// nil for events that nobody wrote, and for what names no usable id, time or writer.
    init?(_ info: WAWebMessageInfo, in chat: JID) {
        guard info.hasMessage, MessageID.isUsable(info.key.id), info.hasMessageTimestamp, info.messageTimestamp < Self.endOfTime else {
            return nil
        }
        let content = MessageContent(info.message, isFromMe: info.key.fromMe, isFromOwnPhone: false)
        guard case .shown(let type, let text) = content.kind else { return nil }
        self.chat = chat
        id = info.key.id
        isFromMe = info.key.fromMe
        let writer = JID(parsing: info.key.participant.isEmpty ? info.participant : info.key.participant)?.bare
        participant = chat.isGroup && !info.key.fromMe ? writer : nil
        guard !chat.isGroup || info.key.fromMe || participant?.isPerson == true else { return nil }
        pushName = info.key.fromMe || info.pushName.isEmpty ? nil : info.pushName
        self.type = type
        self.text = text
        timestamp = Timestamp(seconds: Int64(info.messageTimestamp))
        status = info.key.fromMe ? Self.status(info.status) : .received
        secret = info.messageSecret.count == 32 ? Array(info.messageSecret) : content.secret
    }

    private static func status(_ status: WAWebMessageInfo.Status) -> MessageStatus {
        switch status {
        case .deliveryAck: .delivered
        case .read, .played: .read
        case .error: .sent
        case .pending, .serverAck: .sent
        }
    }
}
