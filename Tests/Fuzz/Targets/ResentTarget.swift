import struct FoundationEssentials.Data
import Model
import SwiftProtobuf
import WAProto
@testable import WhatsApp

extension FuzzTarget {
    /// What the phone hands out in the place of messages that could not be read.
    static let resentMessage = FuzzTarget(
        name: "resent-message",
        seeds: {
            let direct = WAWebMessageInfo.with {
                $0.key.remoteJid = "2002@lid"
                $0.key.id = "3EB0A1"
                $0.message.conversation = "hello"
                $0.messageTimestamp = 1_790_000_000
                $0.pushName = "Ana"
            }
            var group = direct
            group.key.remoteJid = "120363040000000000@g.us"
            group.key.participant = "2002:5@lid"
            group.message.messageContextInfo.messageSecret = Data(repeating: 9, count: 32)
            return [try direct.serializedBytes(), try group.serializedBytes()]
        },
        prepare: {
            { input, _ in
                guard let copy = ResentMessage(input) else { return }
                guard copy.chat.isWellFormed, copy.sender.isWellFormed, copy.sender.isPerson, copy.timestamp.isStorable else {
                    throw FuzzFinding(rule: "addresses and moments fit into the database")
                }
                guard MessageID.isUsable(copy.id), copy.chat.isGroup || copy.chat == copy.sender else {
                    throw FuzzFinding(rule: "a message has an id and a writer")
                }
                let content = copy.content
                if case .peer = content.kind { throw FuzzFinding(rule: "no orders come in copies") }
                if case .shown(_, let text?) = content.kind, text.unicodeScalars.count > Limits.textCharacters {
                    throw FuzzFinding(rule: "texts are bounded")
                }
            }
        })
}
