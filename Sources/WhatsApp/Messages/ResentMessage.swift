package import Model
import SwiftProtobuf
import WAProto

/// The phone's own copy of a message that could not be read here. It was decrypted there: no ratchet knows of it.
package struct ResentMessage: Equatable, Sendable {
    /// A phone gives one for each that it was asked for.
    static let maximumCount = 64

    package let id: String
    package let chat: JID
    /// Who wrote it: the participant of a group, else the chat itself.
    package let sender: JID
    package let timestamp: Timestamp
    package let pushName: String?
    private let message: WAMessage

    /// nil for what names no usable id, chat, writer or time, and for what the own account wrote: the phone sends that again as its sender.
    init?(_ bytes: [UInt8]) {
        guard let info = try? WAWebMessageInfo(serializedBytes: bytes), info.hasMessage, !info.key.fromMe, MessageID.isUsable(info.key.id),
            let chat = JID(parsing: info.key.remoteJid)?.bare, chat.isPerson || chat.isGroup,
            let time = Timestamp(wireSeconds: Int64(clamping: info.messageTimestamp)), info.messageTimestamp > 0
        else { return nil }
        id = info.key.id
        self.chat = chat
        let writer = JID(parsing: info.key.participant.isEmpty ? info.participant : info.key.participant)?.bare
        guard let sender = chat.isGroup ? writer : chat, sender.isPerson else { return nil }
        self.sender = sender
        timestamp = time
        pushName = info.pushName.isEmpty ? nil : info.pushName
        message = info.message
    }

    package var content: MessageContent { MessageContent(message, isFromMe: false, isFromOwnPhone: false) }
}
