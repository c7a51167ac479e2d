import Model
import SwiftProtobuf
import WAProto

/// Reads a part of the phone's history one thing at a time: its size costs no memory. Source: protocol notes on state, section 3.
package final class HistoryReader {
    /// Bytes of a part when unpacked at which it counts as a bomb.
    package static let limit = 1 << 30
    /// A larger message, or other element, is left out.
    private static let elementLimit = 2 << 20
    /// Messages in front of the chat's own name, in bytes.
    private static let waitingLimit = 4 << 20

    private struct OpenChat {
        let end: Int
        var jid: JID?
        /// Everything but the messages.
        var head: [UInt8] = []
        var waiting: [[UInt8]] = []
        var waitingBytes = 0
    }

    private enum ChatField { static let id = 1, messages = 2 }
    private enum Field { static let chats = 2, pushNames = 7, pairs = 15, salt = 19, contacts = 20 }

    private var stream: ProtobufStream
    private var chat: OpenChat?
    private var ready: [HistoryItem] = []

    /// - Parameter packed: the next packed bytes, at most as many as asked for or all of them at once; empty at the end.
    package init(_ packed: @escaping (Int) throws -> [UInt8]) throws(HistoryError) {
        let inflating = try InflateStream(limit: Self.limit, source: packed)
        stream = ProtobufStream { try inflating.read() }
    }

    /// nil at the end.
    /// - Throws: ``HistoryError``, and what the source throws.
    package func next() throws -> HistoryItem? {
        while true {
            if let item = ready.popLast() { return item }
            if chat != nil {
                try continueChat()
            } else {
                guard let field = try stream.next() else { return nil }
                try open(field)
            }
        }
    }

    private func open(_ field: ProtobufStream.Field) throws {
        guard field.wireType == 2 else { return }
        if field.number == Field.chats {
            chat = OpenChat(end: stream.offset + field.length)
            return
        }
        let isKnown = [Field.pushNames, Field.pairs, Field.salt, Field.contacts].contains(field.number)
        guard isKnown, field.length <= Self.elementLimit else { return try stream.skip(field.length) }
        if let item = Self.item(field.number, try stream.bytes(field.length)) { ready = [item] }
    }

    private static func item(_ number: Int, _ bytes: [UInt8]) -> HistoryItem? {
        switch number {
        case Field.pushNames:
            guard let name = try? WAPushname(serializedBytes: bytes), let jid = person(name.id), !name.pushname.isEmpty else { return nil }
            return .pushName(jid, name.pushname)
        case Field.pairs:
            guard let pair = try? WAPhoneNumberToLIDMapping(serializedBytes: bytes), let number = person(pair.pnJid), !number.isLID,
                let lid = person(pair.lidJid), lid.isLID
            else { return nil }
            return .pair(HistoryItem.Pair(number: number, lid: lid))
        case Field.contacts:
            guard let contact = try? WAInlineContact(serializedBytes: bytes) else { return nil }
            let name = contact.fullName.isEmpty ? contact.firstName : contact.fullName
            let (number, lid) = (person(contact.pnJid), person(contact.lidJid))
            guard !name.isEmpty, let jid = number ?? lid else { return nil }
            return .contact(jid, other: jid == lid ? nil : lid, name: name)
        default:
            return (1...AppStateEffect.maximumSaltLength).contains(bytes.count) ? .tokenSalt(bytes) : nil
        }
    }

    // MARK: Chats

    private func continueChat() throws {
        guard var open = chat else { return }
        guard stream.offset < open.end else {
            guard stream.offset == open.end else { throw HistoryError.malformed }
            chat = nil
            return finish(open)
        }
        guard let field = try stream.next() else { throw HistoryError.truncated }
        guard field.wireType == 2 else { return keepNumber() }
        guard field.length <= open.end - stream.offset else { throw HistoryError.malformed }
        guard field.length <= Self.elementLimit else { return try stream.skip(field.length) }
        let bytes = try stream.bytes(field.length)
        switch field.number {
        case ChatField.messages:
            if let jid = open.jid { ready = Self.message(bytes, in: jid) } else {
                open.waiting.append(bytes)
                open.waitingBytes += bytes.count
                guard open.waitingBytes <= Self.waitingLimit else { throw HistoryError.namelessChat }
            }
        case ChatField.id:
            open.jid = JID(parsing: String(decoding: bytes, as: UTF8.self))?.bare
            open.head += Self.encoded(field.number, bytes)
            ready = open.waiting.reversed().flatMap { part in open.jid.map { Self.message(part, in: $0) } ?? [] }
            open.waiting = []
        default:
            guard open.head.count + bytes.count <= Self.elementLimit else { break }
            open.head += Self.encoded(field.number, bytes)
        }
        chat = open
    }

    /// Numbers of the head are read with it; the stream remembers the last one.
    private func keepNumber() {
        guard let number = stream.lastNumber, (chat?.head.count ?? 0) < Self.elementLimit else { return }
        chat?.head += Self.varint(UInt64(number.field) << 3) + Self.varint(number.value)
    }

    private func finish(_ open: OpenChat) {
        guard let jid = open.jid, jid.isPerson || jid.isGroup, let head = try? WAConversation(serializedBytes: open.head) else { return }
        let other = jid.isLID ? Self.person(head.pnJid) : Self.person(head.lidJid)
        let name = [head.name, head.displayName].first { !$0.isEmpty }
        var token: HistoryItem.Token?
        if jid.isPerson, !head.tcToken.isEmpty, let seconds = Int64(exactly: head.tcTokenTimestamp) {
            let given = head.tcTokenSenderTimestamp
            token = HistoryItem.Token(
                bytes: Array(head.tcToken), seconds: seconds, givenAt: given == 0 ? nil : Int64(exactly: given))
        }
        ready = [.chat(jid, other: jid.isPerson && other?.isLID != jid.isLID ? other : nil, name: name, token: token)]
    }

    private static func message(_ bytes: [UInt8], in chat: JID) -> [HistoryItem] {
        guard chat.isPerson || chat.isGroup, let entry = try? WAHistorySyncMsg(serializedBytes: bytes), entry.hasMessage,
            let message = HistoryMessage(entry.message, in: chat)
        else { return [] }
        return [.message(message)]
    }

    private static func person(_ text: String) -> JID? {
        guard let jid = JID(parsing: text)?.bare, jid.isPerson, !jid.user.isEmpty, jid.user.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return jid
    }

    // MARK: Writing a head anew

    private static func encoded(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
        varint(UInt64(number) << 3 | 2) + varint(UInt64(bytes.count)) + bytes
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        value < 0x80 ? [UInt8(value)] : [UInt8(truncatingIfNeeded: value) | 0x80] + varint(value >> 7)
    }
}
