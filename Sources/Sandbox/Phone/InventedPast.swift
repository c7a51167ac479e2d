import FoundationEssentials
import SwiftProtobuf
import WAProto

/// A past for phones that have none: people, groups and messages in any number, in parts as real phones hand them over.
struct InventedPast: Codable, Sendable {
    var people: Int
    var groups: Int
    var messages: Int

    /// Messages of one part.
    private static let partMessages = 10_000
    private static let membersOfGroup = 20
    /// Seconds between two messages.
    private static let interval = 60

    private var chats: Int { people + groups }

    /// All chats with one message each, the names, and then the messages.
    func parts(ownNumber: String, now: Int64) -> [WAHistorySync] {
        guard chats > 0 else { return [] }
        var first = WAHistorySync()
        first.syncType = .initialBootstrap
        first.conversations = (0..<chats).map { conversation($0, messages: $0..<min($0 + 1, messages), ownNumber, now) }
        first.phoneNumberToLidMappings = (0..<people).map { person in
            .with {
                $0.pnJid = Self.number(person)
                $0.lidJid = Self.lid(person)
            }
        }
        var names = WAHistorySync()
        names.syncType = .pushName
        names.pushnames = (0..<people).map { person in
            .with {
                $0.id = Self.lid(person)
                $0.pushname = "Person \(person)"
            }
        }
        var parts = [first, names]
        for start in stride(from: chats, to: messages, by: Self.partMessages) {
            parts.append(recent(start..<min(start + Self.partMessages, messages), ownNumber, now))
        }
        for index in parts.indices {
            parts[index].chunkOrder = UInt32(index)
            parts[index].progress = UInt32((index + 1) * 100 / parts.count)
        }
        return parts
    }

    private func recent(_ range: Range<Int>, _ ownNumber: String, _ now: Int64) -> WAHistorySync {
        var part = WAHistorySync()
        part.syncType = .recent
        for chat in 0..<chats {
            let first = range.lowerBound + (chat - range.lowerBound % chats + chats) % chats
            guard first < range.upperBound else { continue }
            part.conversations.append(conversation(chat, messages: first..<range.upperBound, ownNumber, now))
        }
        return part
    }

    /// - Parameter messages: every one of the chat in this range: they go round all chats.
    private func conversation(_ chat: Int, messages: Range<Int>, _ ownNumber: String, _ now: Int64) -> WAConversation {
        var conversation = WAConversation()
        if chat < people {
            conversation.id = Self.lid(chat)
            conversation.pnJid = Self.number(chat)
            conversation.lidJid = Self.lid(chat)
            conversation.name = "Saved \(chat)"
        } else {
            conversation.id = Self.group(chat - people)
            conversation.name = "Group \(chat - people)"
        }
        for message in stride(from: messages.lowerBound, to: messages.upperBound, by: chats) {
            conversation.messages.append(entry(message, in: chat, conversation.id, now))
        }
        return conversation
    }

    private func entry(_ message: Int, in chat: Int, _ jid: String, _ now: Int64) -> WAHistorySyncMsg {
        var info = WAWebMessageInfo()
        info.key.remoteJid = jid
        info.key.fromMe = message % 3 == 0
        info.key.id = "3A" + String(message + 0x1000_0000, radix: 16, uppercase: true) + "PAST"
        if chat >= people, !info.key.fromMe, people > 0 { info.key.participant = Self.lid((chat * 7 + message) % min(people, Self.membersOfGroup)) }
        info.message.conversation = "Message \(message) of the past, with a few words as people write them 🙂"
        info.messageTimestamp = UInt64(clamping: now - Int64((messages - message) * Self.interval))
        info.status = .read
        info.messageSecret = Data((0..<32).map { UInt8(truncatingIfNeeded: message &+ $0) })
        return .with { $0.message = info }
    }

    private static func number(_ person: Int) -> String { "\(96_600_000_000 + person)@s.whatsapp.net" }
    private static func lid(_ person: Int) -> String { "\(55_500_000_000_000 + person)@lid" }
    private static func group(_ group: Int) -> String { "\(120_363_900_000_000_000 + group)@g.us" }
}
