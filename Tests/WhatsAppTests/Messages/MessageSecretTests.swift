import CryptoPrimitives
import FoundationEssentials
import Model
import SwiftProtobuf
import Testing
import WAProto

@testable import WhatsApp

/// Votes, reactions, comments and edits that only those can read who have the message.
@Suite struct MessageSecretTests {
    private struct Vectors: Decodable {
        struct Secrets: Decodable {
            struct Case: Decodable { let use_case, key, iv, aad, plaintext, ciphertext: String }
            let message_secret, original_message_id, original_sender, modification_sender: String
            let poll_option_hashes: [String: String]
            let cases: [Case]
        }
        let message_secrets: Secrets
    }

    private func vectors() throws -> Vectors.Secrets { try VectorFile.decode(Vectors.self, from: "messages.json").message_secrets }

    private func change(_ item: Vectors.Secrets.Case, _ secrets: Vectors.Secrets) throws -> SealedChange? {
        guard let use = MessageSecret.Use(rawValue: item.use_case) else { return nil }
        var key = WAMessageKey()
        key.id = secrets.original_message_id
        return SealedChange(
            use, try #require(MessageReference(key)), payload: try #require(Hex.decode(item.ciphertext)), iv: try #require(Hex.decode(item.iv)))
    }

    @Test func vectorsAreOpened() throws {
        let secrets = try vectors()
        let secret = try #require(Hex.decode(secrets.message_secret))
        let (sender, other) = (try #require(JID(parsing: secrets.original_sender)), try #require(JID(parsing: secrets.modification_sender)))
        let stranger = JID(user: "1", server: .phoneNumber)
        var opened = 0
        for item in secrets.cases {
            guard let change = try change(item, secrets) else { continue }
            opened += 1
            // Only authors edit.
            let changer = change.use == .messageEdit ? sender : other
            let (key, bound) = MessageSecret.key(secret, secrets.original_message_id, sender, changer, change.use)
            #expect(Hex.encode(key) == item.key && Hex.encode(bound) == item.aad)
            // Whichever of their names the two used.
            let plaintext = MessageSecret.open(change, secret: secret, senders: [stranger, sender], changers: [stranger, changer.withDevice(2)])
            #expect(plaintext.map(Hex.encode) == item.plaintext)
            #expect(MessageSecret.open(change, secret: secret, senders: [stranger], changers: [changer]) == nil)
            #expect(MessageSecret.open(change, secret: [UInt8](repeating: 0, count: 32), senders: [sender], changers: [changer]) == nil)
            #expect(MessageSecret.open(change, secret: [1], senders: [sender], changers: [changer]) == nil)
        }
        #expect(opened == secrets.cases.count)
    }

    @Test func namesOfOptions() throws {
        let secrets = try vectors()
        let hashes = try secrets.poll_option_hashes.values.map { try #require(Hex.decode($0)) }
        #expect(Set(OpenedChange.names(of: hashes, among: ["Yes", "No", "Maybe", "Other"])) == ["Yes", "No", "Maybe"])
        #expect(OpenedChange.names(of: [[], [1]], among: ["Yes"]).isEmpty)
    }

    @Test func whatIsSealedIsOpened() throws {
        let (secret, iv) = ([UInt8](repeating: 7, count: 32), [UInt8](repeating: 9, count: 12))
        let (sender, changer) = (JID(user: "1", server: .lid), JID(user: "2", server: .lid))
        for use in MessageSecret.Use.allCases {
            let sealed = try MessageSecret.seal([1, 2], use: use, messageID: "A", secret: secret, sender: sender, changer: changer, iv: iv)
            var key = WAMessageKey()
            key.id = "A"
            let change = SealedChange(use, try #require(MessageReference(key)), payload: sealed, iv: iv)
            #expect(MessageSecret.open(change, secret: secret, senders: [sender], changers: [changer]) == [1, 2])
        }
    }

    @Test(arguments: [0, 1, 15, 16, 17, 1 << 20 + 1])
    func hostileLengths(_ count: Int) throws {
        var key = WAMessageKey()
        key.id = "A"
        let target = try #require(MessageReference(key))
        for iv in [[UInt8](), [UInt8](repeating: 0, count: 12), [UInt8](repeating: 0, count: 13)] {
            let change = SealedChange(.pollVote, target, payload: [UInt8](repeating: 0, count: count), iv: iv)
            let name = JID(user: "1", server: .lid)
            #expect(MessageSecret.open(change, secret: [UInt8](repeating: 7, count: 32), senders: [name], changers: [name]) == nil)
        }
        #expect(OpenedChange([0xFF, 0xFF, 1], of: SealedChange(.pollVote, target, payload: [], iv: [])) == nil)
    }

    /// Who has the secret of a message may still seal what is no change at all.
    @Test(arguments: MessageSecret.Use.allCases)
    func hostilePlaintexts(_ use: MessageSecret.Use) throws {
        var key = WAMessageKey()
        key.id = "A"
        let change = SealedChange(use, try #require(MessageReference(key)), payload: [], iv: [])
        let good: [UInt8] =
            switch use {
            case .pollVote: try WAPollVoteMessage.with { $0.selectedOptions = [Data(repeating: 1, count: 32)] }.serializedBytes()
            case .reaction: try WAReactionMessage.with { $0.text = "👍🏽" }.serializedBytes()
            case .eventResponse: try WAEventResponseMessage.with { $0.response = 1 }.serializedBytes()
            default: try WAMessage.with { $0.extendedTextMessage.text = "words" }.serializedBytes()
            }
        #expect(OpenedChange(good, of: change) != nil)
        for length in 0..<good.count { _ = OpenedChange(Array(good.prefix(length)), of: change) }
        #expect(OpenedChange(good.dropLast(), of: change) == nil)
        // Lengths beyond the end, a length of 64 bits, a group that never ends, thousands of levels, half a character.
        var nested: [UInt8] = []
        for _ in 0..<5_000 { nested = [0x0A] + varint(nested.count) + nested }
        for bytes: [UInt8] in [[0x0A, 0x7F], [0x0A] + [UInt8](repeating: 0xFF, count: 10), [0x0B, 0x0B, 0x0B], [0x12, 2, 0xC3]] {
            #expect(OpenedChange(bytes, of: change) == nil)
        }
        _ = OpenedChange(nested, of: change)
        if use == .reaction { #expect(OpenedChange([0x12, 2, 0xC3, 0x28], of: change) == nil) }
    }

    @Test func openedChangesAreBounded() throws {
        var key = WAMessageKey()
        key.id = "A"
        let target = try #require(MessageReference(key))
        let votes = WAPollVoteMessage.with { $0.selectedOptions = Array(repeating: Data([1]), count: 5_000) }
        guard case .vote(let hashes)? = OpenedChange(try votes.serializedBytes(), of: SealedChange(.pollVote, target, payload: [], iv: []))
        else { Issue.record("no vote"); return }
        #expect(hashes.count == 100)
        let long = WAMessage.with { $0.conversation = String(repeating: "x", count: Limits.textCharacters + 1) }
        guard case .comment(_, let text?, _)? = OpenedChange(try long.serializedBytes(), of: SealedChange(.comment, target, payload: [], iv: []))
        else { Issue.record("no comment"); return }
        #expect(text.unicodeScalars.count == Limits.textCharacters)
    }

    private func varint(_ value: Int) -> [UInt8] { value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7) }

    @Test(arguments: ["", "a b", "ü", String(repeating: "x", count: 129)])
    func idsThatNoMessageHas(_ id: String) {
        var key = WAMessageKey()
        key.id = id
        #expect(MessageReference(key) == nil)
    }

    @Test func particularsOfKinds() throws {
        var message = WAMessage()
        message.pollCreationMessage.name = "?"
        message.pollCreationMessage.options = (0..<200).map { index in .with { $0.optionName = "\(index)" } }
        let poll = MessageContent(message, isFromMe: false, isFromOwnPhone: false)
        #expect(poll.details.poll?.options.count == 100)
        message = WAMessage()
        message.viewOnceMessageV2.message.imageMessage.caption = "x"
        #expect(MessageContent(message, isFromMe: false, isFromOwnPhone: false).details.isViewOnce)
        message = WAMessage()
        message.locationMessage.degreesLatitude = .nan
        #expect(MessageContent(message, isFromMe: false, isFromOwnPhone: false).details.place == nil)
        message = WAMessage()
        message.extendedTextMessage.text = "x"
        message.extendedTextMessage.contextInfo.stanzaID = "Q"
        message.extendedTextMessage.contextInfo.mentionedJid = ["1@lid", "bad jid", "2:5@lid"]
        message.extendedTextMessage.contextInfo.isForwarded = true
        let details = MessageContent(message, isFromMe: false, isFromOwnPhone: false).details
        #expect(details.text == #"{"quoted_message_id":"Q","mentions":["1@lid","2@lid"],"forwarded":true}"#)
        message = WAMessage()
        message.eventMessage.startTime = .max
        #expect(MessageContent(message, isFromMe: false, isFromOwnPhone: false).details.event?.startsAt == nil)
    }
}
