import CZlib
import Foundation
import Model
import SwiftProtobuf
import Testing
import WAProto

@testable import WhatsApp

@Suite struct HistoryReaderTests {
    private func packed(_ plain: [UInt8]) -> [UInt8] {
        var size = compressBound(uLong(plain.count))
        var packed = [UInt8](repeating: 0, count: Int(size))
        #expect(compress2(&packed, &size, plain, uLong(plain.count), Z_BEST_SPEED) == Z_OK)
        return Array(packed.prefix(Int(size)))
    }

    /// - Parameter piece: bytes that the source gives at a time.
    private func items(_ packed: [UInt8], piece: Int = 1 << 16) throws -> [HistoryItem] {
        var left = packed[...]
        let reader = try HistoryReader { count in
            let part = left.prefix(min(count, piece))
            left = left.dropFirst(part.count)
            return Array(part)
        }
        var items: [HistoryItem] = []
        while let item = try reader.next() { items.append(item) }
        return items
    }

    private func message(_ id: String, _ text: String) -> WAHistorySyncMsg {
        .with {
            $0.message.key.id = id
            $0.message.message.conversation = text
            $0.message.messageTimestamp = 1_700_000_000
        }
    }

    private func history() -> WAHistorySync {
        .with {
            $0.syncType = .initialBootstrap
            $0.progress = 50
            $0.conversations = [
                .with {
                    $0.id = "77@lid"
                    $0.messages = [message("A", "one"), message("B", "two"), .init()]
                    $0.unreadCount = 3
                    $0.name = "Ana"
                    $0.pnJid = "968@s.whatsapp.net"
                    $0.tcToken = Data([5])
                    $0.tcTokenTimestamp = 6
                },
                .with {
                    $0.id = "1203@g.us"
                    $0.messages = [message("C", "nobody wrote it"), message("D", "hi")]
                    $0.messages[1].message.key.participant = "78@lid"
                    $0.messages[1].message.pushName = "Ben"
                    $0.messages[1].message.messageSecret = Data(repeating: 9, count: 32)
                },
                .with { $0.id = "status@broadcast"; $0.messages = [message("E", "no")] },
            ]
            $0.pushnames = [.with { $0.id = "79@lid"; $0.pushname = "Cem" }, .with { $0.id = "x"; $0.pushname = "?" }]
            $0.phoneNumberToLidMappings = [.with { $0.pnJid = "969@s.whatsapp.net"; $0.lidJid = "79@lid" }]
            $0.nctSalt = Data([1, 2])
        }
    }

    @Test(arguments: [1, 7, 1 << 16]) func thingsComeOneByOne(piece: Int) throws {
        let found = try items(packed(history().serializedBytes()), piece: piece)
        let (ana, group) = (JID(user: "77", server: .lid), JID(user: "1203", server: .group))
        guard found.count == 8, case .message(let first) = found[0], case .message(let last) = found[3] else {
            Issue.record("\(found.count) things")
            return
        }
        #expect(first.chat == ana && first.id == "A" && first.text == "one" && first.status == .received && first.participant == nil)
        #expect(
            found[2]
                == .chat(
                    ana, other: JID(user: "968", server: .phoneNumber), name: "Ana",
                    token: HistoryItem.Token(bytes: [5], seconds: 6, givenAt: nil)))
        #expect(last.participant == JID(user: "78", server: .lid) && last.pushName == "Ben" && last.secret?.count == 32)
        #expect(found[4] == .chat(group, other: nil, name: nil, token: nil))
        #expect(found[5] == .pushName(JID(user: "79", server: .lid), "Cem"))
        #expect(
            found[6] == .pair(HistoryItem.Pair(number: JID(user: "969", server: .phoneNumber), lid: JID(user: "79", server: .lid))))
        #expect(found[7] == .tokenSalt([1, 2]))
    }

    @Test func brokenPartsEndInErrors() throws {
        let plain: [UInt8] = try history().serializedBytes()
        let whole = packed(plain)
        for length in stride(from: 0, to: whole.count, by: 3) {
            #expect(throws: HistoryError.self) { try items(Array(whole.prefix(length))) }
        }
        for length in 0..<plain.count { _ = try? items(packed(Array(plain.prefix(length)))) }
        #expect(throws: HistoryError.truncated) { try items(packed(plain.dropLast())) }
        // A chat that claims more than there is, a message longer than its chat, a wire type that does not exist.
        for bytes: [UInt8] in [[0x12, 0x20, 0x0A], [0x12, 0x03, 0x12, 0x7F, 0x00], [0x17], [0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]] {
            #expect(throws: HistoryError.self) { try items(packed(bytes)) }
        }
    }

    @Test func oversizedThingsAreLeftOut() throws {
        var history = history()
        history.conversations[0].messages[0].message.message.conversation = String(repeating: "x", count: 3 << 20)
        let found = try items(packed(history.serializedBytes()))
        #expect(found.count == 7)
    }

    @Test func pairsOfAMigration() throws {
        let payload = WALIDMigrationMappingSyncPayload.with {
            $0.pnToLidMappings = [
                .with { $0.pn = 968; $0.assignedLid = 1; $0.latestLid = 2 }, .with { $0.pn = 969; $0.assignedLid = 3 },
                .with { $0.pn = 0; $0.assignedLid = 3 },
            ]
        }
        let pairs = LIDMappingPayload.pairs(try payload.serializedBytes())
        #expect(pairs?.map(\.lid.user) == ["2", "3"] && pairs?.first?.number == JID(user: "968", server: .phoneNumber))
        #expect(LIDMappingPayload.pairs([0x1F, 0x8B, 1]) == nil && LIDMappingPayload.pairs([0xFF]) == nil)
    }

    /// They are noticed while they grow, not afterwards.
    @Test func bombs() throws {
        let bomb = packed([UInt8](repeating: 0, count: 64 << 20))
        var (isRead, unpacked) = (false, 0)
        let stream = try InflateStream(limit: 1 << 20) { _ in
            defer { isRead = true }
            return isRead ? [] : bomb
        }
        #expect(throws: HistoryError.tooLong(limit: 1 << 20)) {
            while case let piece = try stream.read(), !piece.isEmpty { unpacked += piece.count }
        }
        #expect(unpacked <= 1 << 20)
        // gzip around the same bytes: ten bytes of head, the raw stream, sum and length, which nobody gets to.
        let gzip: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + bomb.dropFirst(2).dropLast(4) + [UInt8](repeating: 0, count: 8)
        #expect(LIDMappingPayload.pairs(gzip) == nil)
    }

    @Test func textsThatAreNoUTF8AreLeftOut() throws {
        // A push name (field 7) for `79@lid` whose text is half a character; the one behind it counts.
        let broken: [UInt8] = [0x3A, 12, 0x0A, 6] + Array("79@lid".utf8) + [0x12, 2, 0xC3, 0x28]
        let whole: [UInt8] = try WAHistorySync.with {
            $0.syncType = .pushName
            $0.pushnames = [.with { $0.id = "78@lid"; $0.pushname = "B" }]
        }.serializedBytes()
        #expect(try items(packed(broken + whole)) == [.pushName(JID(user: "78", server: .lid), "B")])
    }
}
