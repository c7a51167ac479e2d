import Model
import SwiftProtobuf
import WAProto
import WhatsApp

/// The history that a phone hands to a device it has just paired. Source: protocol notes on state, section 3.
extension Phone {
    /// Messages of each chat, as the first chunk of real phones carries only a few.
    private static let messagesPerChat = 20

    /// Chats with their last messages, and the names that this phone knows.
    /// - Parameter people: everybody it has a chat with.
    func history(of people: [Account]) -> [WAHistorySync] {
        var bootstrap = WAHistorySync()
        bootstrap.syncType = .initialBootstrap
        bootstrap.chunkOrder = 0
        bootstrap.progress = 100
        bootstrap.conversations = people.map(conversation)
        bootstrap.phoneNumberToLidMappings = people.map { person in
            var mapping = WAPhoneNumberToLIDMapping()
            mapping.pnJid = person.phoneNumberJID.description
            mapping.lidJid = person.lidJID.description
            return mapping
        }
        var names = WAHistorySync()
        names.syncType = .pushName
        names.chunkOrder = 1
        names.progress = 100
        names.pushnames = people.map { person in
            var name = WAPushname()
            name.id = person.lidJID.description
            name.pushname = person.name
            return name
        }
        return [bootstrap, names]
    }

    private func conversation(_ person: Account) -> WAConversation {
        var conversation = WAConversation()
        conversation.id = person.lidJID.description
        conversation.pnJid = person.phoneNumberJID.description
        conversation.lidJid = person.lidJID.description
        conversation.name = person.name
        let shown = messages.filter { $0.chat == person.number && $0.kind == "text" }
        conversation.unreadCount = UInt32(clamping: shown.count { $0.status == .received })
        for message in shown.suffix(Self.messagesPerChat) {
            let seconds = Timestamp(parsing: message.time)?.seconds ?? 0
            var info = WAWebMessageInfo()
            info.key.remoteJid = person.lidJID.description
            info.key.fromMe = message.fromMe
            info.key.id = message.id
            info.message.conversation = message.text ?? ""
            info.messageTimestamp = UInt64(clamping: seconds)
            info.pushName = message.fromMe ? name : person.name
            var entry = WAHistorySyncMsg()
            entry.message = info
            conversation.messages.append(entry)
            conversation.conversationTimestamp = UInt64(clamping: seconds)
            conversation.lastMsgTimestamp = UInt64(clamping: seconds)
        }
        return conversation
    }
}
