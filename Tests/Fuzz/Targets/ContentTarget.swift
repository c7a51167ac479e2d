import struct FoundationEssentials.Data
import Model
import SwiftProtobuf
import WAProto
import WhatsApp

extension FuzzTarget {
    /// What decrypted messages say: damaged protobufs, wrapped deeper than any phone wraps.
    static let messageContent = FuzzTarget(
        name: "message-content", seeds: { try contents().map { try $0.serializedBytes() } },
        prepare: {
            { input, rng in
                let levels = UInt8.random(in: 0..<32, using: &rng) == 0 ? Int.random(in: 1...80, using: &rng) : 0
                let plaintext = (0..<levels).reduce(input) { inner, _ in wrapped(inner) }
                let (isFromMe, isPhone) = (Bool.random(using: &rng), Bool.random(using: &rng))
                if let content = try? MessageContent(plaintext, isFromMe: isFromMe, isFromOwnPhone: isPhone) { try check(content, isPhone) }
                if let kept = try? KeptMessage(plaintext) {
                    _ = (
                        kept.kind, try? kept.forOwnDevice(destination: StanzaSeeds.number),
                        try? kept.forMember(of: StanzaSeeds.group, distribution: input)
                    )
                }
                _ = try? MessagePlaintexts(kept: plaintext, destination: StanzaSeeds.number)
            }
        })

    /// What was sealed under the secret of a message, whoever has it.
    static let openedChange = FuzzTarget(
        name: "opened-change",
        seeds: {
            try [
                WAPollVoteMessage.with { $0.selectedOptions = [Data(repeating: 1, count: 32)] }.serializedBytes(),
                WAReactionMessage.with { $0.text = "\u{1F44D}" }.serializedBytes(),
                WAEventResponseMessage.with { $0.response = 1 }.serializedBytes(),
                WAMessage.with { $0.protocolMessage.editedMessage.conversation = "edited" }.serializedBytes(),
            ] + contents().map { try $0.serializedBytes() }
        },
        prepare: {
            let changes = try sealedChanges().map { try $0.serializedBytes() as [UInt8] }.compactMap { plaintext -> SealedChange? in
                guard case .change(.sealed(let change)) = try MessageContent(plaintext, isFromMe: false, isFromOwnPhone: false).kind else {
                    return nil
                }
                return change
            }
            guard Set(changes.map(\.use)) == Set(MessageSecret.Use.allCases) else { throw FuzzFinding(rule: "every use is tried") }
            return { input, _ in
                for change in changes {
                    switch OpenedChange(input, of: change) {
                    case .comment(_, let text, _), .edit(_, let text):
                        guard text?.unicodeScalars.count ?? 0 <= Limits.textCharacters else { throw FuzzFinding(rule: "texts are bounded") }
                    case .reaction(let emoji):
                        guard emoji.unicodeScalars.count <= 32 else { throw FuzzFinding(rule: "reactions are short") }
                    case .vote(let hashes):
                        guard hashes.count <= 100 else { throw FuzzFinding(rule: "votes are bounded") }
                    case .response, nil: break
                    }
                }
            }
        })

    /// A change of each use.
    private static func sealedChanges() -> [WAMessage] {
        [
            .with { $0.pollUpdateMessage.pollCreationMessageKey.id = "A1" },
            .with { $0.encReactionMessage.targetMessageKey.id = "A1" },
            .with { $0.encCommentMessage.targetMessageKey.id = "A1" },
            .with { $0.encEventResponseMessage.eventCreationMessageKey.id = "A1" },
            .with {
                $0.secretEncryptedMessage.targetMessageKey.id = "A1"
                $0.secretEncryptedMessage.secretEncType = .messageEdit
            },
            .with {
                $0.secretEncryptedMessage.targetMessageKey.id = "A1"
                $0.secretEncryptedMessage.secretEncType = .eventEdit
            },
        ]
    }

    private static func check(_ content: MessageContent, _ isFromOwnPhone: Bool) throws {
        if case .peer(let order) = content.kind {
            guard isFromOwnPhone else { throw FuzzFinding(rule: "only the own phone gives orders") }
            if case .appStateKeys(let keys) = order, !keys.allSatisfy({ AppStateKey.isUsable(id: $0.id) && $0.data.count == 32 }) {
                throw FuzzFinding(rule: "keys have 32 bytes")
            }
        }
        if case .shown(_, let text?) = content.kind, text.unicodeScalars.count > Limits.textCharacters {
            throw FuzzFinding(rule: "texts are bounded")
        }
        if case .change(let change) = content.kind { try check(change) }
        guard content.details.text?.utf8.count ?? 0 < 1 << 22 else { throw FuzzFinding(rule: "details are bounded") }
        guard content.destination?.isWellFormed ?? true, content.groupKey?.group.isWellFormed ?? true else {
            throw FuzzFinding(rule: "addresses fit into the database")
        }
        guard content.secret.map({ $0.count == 32 }) ?? true else { throw FuzzFinding(rule: "secrets have 32 bytes") }
    }

    private static func check(_ change: IncomingChange) throws {
        switch change {
        case .reaction(let emoji, _):
            guard emoji.unicodeScalars.count <= 32 else { throw FuzzFinding(rule: "reactions are short") }
        case .edit(_, let text, _):
            guard text?.unicodeScalars.count ?? 0 <= Limits.textCharacters else { throw FuzzFinding(rule: "texts are bounded") }
        case .sealed(let sealed):
            let names = [StanzaSeeds.number]
            _ = MessageSecret.open(sealed, secret: [UInt8](repeating: 1, count: 32), senders: names, changers: names)
                .flatMap { OpenedChange($0, of: sealed) }
        case .deletion, .expiration: break
        }
    }

    /// `ephemeralMessage { message }` around a serialised message.
    private static func wrapped(_ inner: [UInt8]) -> [UInt8] {
        guard let empty: [UInt8] = try? WAMessage.with({ $0.ephemeralMessage.message.conversation = "" }).serializedBytes(), empty.count > 1
        else {
            return inner
        }
        // The tags of both fields, around lengths of our own.
        let outer = empty.prefix(2)
        let future = [0x0A] + varint(inner.count) + inner
        return Array(outer) + varint(future.count) + future
    }

    private static func varint(_ value: Int) -> [UInt8] {
        value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
    }

    private static func contents() -> [WAMessage] {
        [
            .with { $0.conversation = "Hello" },
            .with {
                $0.extendedTextMessage.text = "Hello"
                $0.extendedTextMessage.contextInfo.expiration = 86_400
                $0.messageContextInfo.messageSecret = Data(repeating: 1, count: 32)
            },
            .with { $0.viewOnceMessageV2.message.imageMessage.caption = "Look" },
            .with { $0.locationMessage.degreesLatitude = 23.5 },
            .with { $0.pollCreationMessageV3.name = "?" },
            .with {
                $0.deviceSentMessage.destinationJid = "96890000002@s.whatsapp.net"
                $0.deviceSentMessage.message.conversation = "copy"
            },
            .with {
                $0.senderKeyDistributionMessage.groupID = "120363040000000000@g.us"
                $0.senderKeyDistributionMessage.axolotlSenderKeyDistributionMessage = Data([0x33, 1])
            },
            .with {
                $0.pollUpdateMessage.pollCreationMessageKey.id = "A1"
                $0.pollUpdateMessage.vote.encIv = Data(repeating: 1, count: 12)
                $0.pollUpdateMessage.vote.encPayload = Data(repeating: 1, count: 40)
            },
            .with {
                $0.reactionMessage.key.id = "A1"
                $0.reactionMessage.text = "x"
            },
            .with {
                $0.contactMessage.displayName = "A"
                $0.contactMessage.vcard = "BEGIN:VCARD\nFN:A\nTEL;waid=1:+1\nEND:VCARD"
            },
            .with { $0.eventMessage.startTime = 1 },
            .with { $0.commentMessage.message.commentMessage.message.conversation = "x" },
            .with {
                $0.protocolMessage.key.id = "A1"
                $0.protocolMessage.type = .messageEdit
                $0.protocolMessage.editedMessage.conversation = "edited"
            },
            .with { $0.protocolMessage.type = .historySyncNotification },
            .with {
                $0.protocolMessage.type = .appStateSyncKeyShare
                $0.protocolMessage.appStateSyncKeyShare.keys = [
                    .with {
                        $0.keyID.keyID = Data([0, 0, 0, 1, 0, 1])
                        $0.keyData.keyData = Data(repeating: 1, count: 32)
                        $0.keyData.fingerprint.rawID = 1
                    }
                ]
            },
        ]
    }
}
