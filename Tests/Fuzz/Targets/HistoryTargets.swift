import CZlib
import struct FoundationEssentials.Data
import Model
import SwiftProtobuf
import WAProto
import WhatsApp

/// The phone's history.
extension FuzzTarget {
    /// Damaged parts, packed or damaged as they are packed, read in pieces of any size.
    static let history = FuzzTarget(
        name: "history", seeds: { [try wholeHistory().serializedBytes()] },
        prepare: {
            let genuine: [UInt8] = try wholeHistory().serializedBytes()
            return { input, rng in
                var bytes = packed(input)
                if UInt8.random(in: 0..<4, using: &rng) == 0 { bytes = Mutator(seeds: [packed(genuine)]).input(using: &rng) }
                var left = bytes[...]
                let size = Int.random(in: 1...64, using: &rng) * (Bool.random(using: &rng) ? 1 : 1_024)
                guard let reader = try? HistoryReader({ count in
                    let piece = left.prefix(min(size, count))
                    left = left.dropFirst(piece.count)
                    return Array(piece)
                }) else { return }
                while let item = try? reader.next() { try check(item) }
            }
        })

    /// How the phone announces a part, and the pairs that it hands over at once.
    static let historyNotice = FuzzTarget(
        name: "history-notice", seeds: { try notices().map { try $0.serializedBytes() } },
        prepare: {
            { input, _ in
                guard let notice = try? HistoryNotice(input) else { return }
                switch notice.place {
                case .file(let file):
                    guard file.mediaKey.count == 32 else { throw FuzzFinding(rule: "keys have 32 bytes") }
                case .pairs(let pairs):
                    guard pairs.allSatisfy({ !$0.number.isLID && $0.lid.isLID && $0.number.isWellFormed && $0.lid.isWellFormed }) else {
                        throw FuzzFinding(rule: "a pair is a number and a LID")
                    }
                case .inline: break
                }
                // It is kept as these bytes until it is taken in.
                guard try HistoryNotice(notice.bytes).place == notice.place else { throw FuzzFinding(rule: "what is kept says the same") }
            }
        })

    private static func check(_ item: HistoryItem) throws {
        var addresses: [JID?] = []
        switch item {
        case .message(let message):
            addresses = [message.chat, message.participant]
            guard message.timestamp.isStorable else { throw FuzzFinding(rule: "moments fit into the database") }
            guard message.text?.unicodeScalars.count ?? 0 <= Limits.textCharacters else { throw FuzzFinding(rule: "texts are bounded") }
            guard message.secret.map({ $0.count == 32 }) ?? true else { throw FuzzFinding(rule: "secrets have 32 bytes") }
        case .chat(let chat, let other, _, _): addresses = [chat, other]
        case .pushName(let person, _): addresses = [person]
        case .contact(let person, let other, _): addresses = [person, other]
        case .pair(let pair): addresses = [pair.number, pair.lid]
        case .tokenSalt(let salt):
            guard salt.count <= AppStateEffect.maximumSaltLength else { throw FuzzFinding(rule: "salts are bounded") }
        }
        guard addresses.allSatisfy({ $0?.isWellFormed ?? true }) else { throw FuzzFinding(rule: "addresses fit into the database") }
    }

    private static func packed(_ plain: [UInt8]) -> [UInt8] {
        var size = compressBound(uLong(plain.count))
        var packed = [UInt8](repeating: 0, count: Int(size))
        guard compress2(&packed, &size, plain, uLong(plain.count), Z_BEST_SPEED) == Z_OK else { return [] }
        return Array(packed.prefix(Int(size)))
    }

    private static func wholeHistory() -> WAHistorySync {
        .with {
            $0.syncType = .initialBootstrap
            $0.conversations = [
                .with {
                    $0.id = "2002@lid"
                    $0.messages = [message("A1", "one"), message("A2", "two"), .init()]
                    $0.name = "Ana"
                    $0.pnJid = "96890000002@s.whatsapp.net"
                    $0.tcToken = Data([5])
                    $0.tcTokenTimestamp = 6
                },
                .with {
                    $0.id = "120363040000000000@g.us"
                    $0.messages = [message("B1", "hi")]
                    $0.messages[0].message.key.participant = "2002@lid"
                    $0.messages[0].message.messageSecret = Data(repeating: 9, count: 32)
                },
            ]
            $0.pushnames = [.with { $0.id = "2002@lid"; $0.pushname = "Ana" }]
            $0.phoneNumberToLidMappings = [.with { $0.pnJid = "96890000002@s.whatsapp.net"; $0.lidJid = "2002@lid" }]
            $0.inlineContacts = [.with { $0.fullName = "Ana B"; $0.pnJid = "96890000002@s.whatsapp.net"; $0.lidJid = "2002@lid" }]
            $0.nctSalt = Data([1, 2])
        }
    }

    private static func message(_ id: String, _ text: String) -> WAHistorySyncMsg {
        .with {
            $0.message.key.id = id
            $0.message.message.conversation = text
            $0.message.messageTimestamp = 1_790_000_000
        }
    }

    private static func notices() throws -> [WAProtocolMessage] {
        let mapping = WALIDMigrationMappingSyncPayload.with {
            $0.pnToLidMappings = [.with { $0.pn = 96_890_000_002; $0.assignedLid = 2_002; $0.latestLid = 2_003 }]
        }
        return [
            .with {
                $0.type = .historySyncNotification
                $0.historySyncNotification.directPath = "/v/t62/1"
                $0.historySyncNotification.mediaKey = Data(repeating: 1, count: 32)
            },
            .with {
                $0.type = .historySyncNotification
                $0.historySyncNotification.initialHistBootstrapInlinePayload = Data([1, 2])
            },
            try .with {
                $0.type = .lidMigrationMappingSync
                $0.lidMigrationMappingSyncMessage.encodedMappingPayload = try mapping.serializedBytes()
            },
            .with {
                $0.type = .lidMigrationMappingSync
                // gzip of a few bytes, which inflate to nothing that is a protobuf.
                $0.lidMigrationMappingSyncMessage.encodedMappingPayload = Data(
                    [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B, 0x4A, 0x4E, 1, 0, 0xC2, 0x41, 0x24, 0x35, 3, 0, 0, 0])
            },
        ]
    }
}
