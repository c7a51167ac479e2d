import CryptoPrimitives
import FoundationEssentials
import Model
import Store
import SwiftProtobuf
import Testing
import WAProto

@testable import Daemon
@testable import WhatsApp

/// Rows and events of what is done to earlier messages, and of what belongs into no chat.
@Suite struct ReceptionKindsTests {
    private static let group = JID(user: "120363000000000001", server: .group)
    private static let alice = JID(user: "1001", server: .lid, device: 3)
    private static let carol = JID(user: "3003", server: .lid, device: 1)

    /// Gives Bob a message as if it had been decrypted.
    private func take(
        _ message: WAMessage, id: String, from: JID = alice, in chat: JID? = nil, at seconds: Int64 = 1_790_000_000,
        _ sessions: TwoSessions
    ) throws -> [Event] {
        let own = try #require(sessions.bob.own)
        var node = Node("message", ["id": .text(id), "t": .text("\(seconds)"), "from": .jid(chat ?? from), "type": "text"])
        if chat != nil { node.attributes["participant"] = .jid(from) }
        var events: [Event] = []
        let incoming = try IncomingMessage(node, own: own, now: sessions.now)
        let reception = try Reception(
            message: incoming, account: sessions.bob, own: own, session: sessions.bobID, now: sessions.now, database: sessions.database,
            links: TwoSessions.links(), enqueue: { events.append($0) })
        var store = DatabaseSignalStore(database: sessions.database, session: sessions.bobID, account: sessions.bob)
        try sessions.database.transaction {
            var news = PeerNews()
            try reception.take(
                MessageContent(message, isFromMe: incoming.isFromMe, isFromOwnPhone: false), from: from, in: &store, &news)
        }
        return events
    }

    private func change(_ change: MessageChange, of id: String, fromMe: Bool, chat: JID = alice, sender: JID? = nil) -> WAMessage {
        .change(change, of: MessageTarget(chat: chat, messageID: id, sender: fromMe ? nil : sender ?? chat), at: Timestamp(seconds: 1_790_000_001))
    }

    private func data(_ events: [Event]) -> String { events.map { CanonicalJSON.text($0.data) }.joined() }

    private func row(_ id: String, _ sessions: TwoSessions) throws -> MessageRow? {
        try sessions.database.messages.find(id, session: sessions.bobID)
    }

    @Test func reactionsNameTheMessage() throws {
        let sessions = try TwoSessions()
        let events = try take(change(.reaction("👍"), of: "X1", fromMe: false), id: "R1", sessions)
        #expect(data(events).contains(#""type":"reaction","content":"👍""#) && data(events).contains(#""reaction_to":"X1""#))
        let removed = try take(change(.reaction(""), of: "X1", fromMe: false), id: "R2", sessions)
        #expect(data(removed).contains(#""content":null"#) && data(removed).contains(#""reaction_removed":true"#))
        // The same again is no news.
        #expect(try take(change(.reaction(""), of: "X1", fromMe: false), id: "R2", sessions).isEmpty)
    }

    @Test func onlyTheAuthorEdits() throws {
        let sessions = try TwoSessions()
        _ = try take(.text("first"), id: "T1", in: Self.group, sessions)
        #expect(try take(change(.edit("forged"), of: "T1", fromMe: true), id: "E1", from: Self.carol, in: Self.group, sessions).isEmpty)
        #expect(try row("T1", sessions)?.editedAt == nil)
        let events = try take(change(.edit("second"), of: "T1", fromMe: true), id: "E2", in: Self.group, sessions)
        #expect(data(events).contains(#""content":"second""#) && data(events).contains(#""edited_message_id":"T1""#))
        let first = try #require(try row("T1", sessions))
        #expect(first.content == "first" && first.editedAt != nil)
        // From before the message was written.
        #expect(try take(change(.edit("early"), of: "T1", fromMe: true), id: "E3", in: Self.group, at: 1_780_000_000, sessions).isEmpty)
    }

    @Test func deletionsAreForAuthorsAndAdmins() throws {
        let sessions = try TwoSessions()
        _ = try take(.text("a"), id: "T1", in: Self.group, sessions)
        _ = try take(.text("b"), id: "T2", in: Self.group, sessions)
        let forged = change(.deletion, of: "T1", fromMe: false, chat: Self.group, sender: Self.alice)
        #expect(try take(forged, id: "D1", from: Self.carol, in: Self.group, sessions).isEmpty)
        #expect(try take(change(.deletion, of: "T1", fromMe: true), id: "D2", from: Self.carol, in: Self.group, sessions).isEmpty)
        #expect(try row("T1", sessions)?.deletedAt == nil)
        #expect(!(try take(change(.deletion, of: "T2", fromMe: true), id: "D3", in: Self.group, sessions)).isEmpty)
        #expect(try row("T2", sessions)?.deletedAt != nil)
        try sessions.database.groups.save(
            GroupRow(
                jid: Self.group, addressing: .lid, participantVersion: nil, isAnnouncement: false, expirationSeconds: 0,
                members: [GroupMember(jid: Self.alice), GroupMember(jid: Self.carol, role: .admin)]), at: sessions.now, session: sessions.bobID)
        let events = try take(forged, id: "D4", from: Self.carol, in: Self.group, sessions)
        #expect(data(events).contains(#""deleted_message_id":"T1","deleted_by_admin":true"#))
        #expect(try row("T1", sessions)?.deletedAt != nil)
    }

    @Test func votesAreReadWithTheSecretOfThePoll() throws {
        let sessions = try TwoSessions()
        let secret = [UInt8](repeating: 5, count: 32)
        var poll = WAMessage()
        poll.pollCreationMessageV3.name = "?"
        poll.pollCreationMessageV3.options = ["A", "B"].map { name in .with { $0.optionName = name } }
        poll.messageContextInfo.messageSecret = Data(secret)
        #expect(data(try take(poll, id: "P1", in: Self.group, sessions)).contains(#""poll":{"options":["A","B"],"selectable":0}"#))
        let vote = try WAPollVoteMessage.with { $0.selectedOptions = [Data([0x55, 0x9A])] }.serializedBytes() as [UInt8]
        let known = try WAPollVoteMessage.with {
            $0.selectedOptions = [Data(SHA256.hash(Array("B".utf8)))]
        }.serializedBytes() as [UInt8]
        for (index, (plain, expected)) in [(known, #""options":["B"]"#), (vote, #""options":[]"#)].enumerated() {
            let sealed = try MessageSecret.seal(
                plain, use: .pollVote, messageID: "P1", secret: secret, sender: Self.alice, changer: Self.carol,
                iv: [UInt8](repeating: UInt8(index), count: 12))
            var message = WAMessage()
            message.pollUpdateMessage.pollCreationMessageKey.id = "P1"
            message.pollUpdateMessage.vote.encPayload = Data(sealed)
            message.pollUpdateMessage.vote.encIv = Data([UInt8](repeating: UInt8(index), count: 12))
            let events = try take(message, id: "V\(index)", from: Self.carol, in: Self.group, sessions)
            #expect(data(events).contains(expected) && data(events).contains(#""poll_message_id":"P1""#))
        }
        var garbled = WAMessage()
        garbled.pollUpdateMessage.pollCreationMessageKey.id = "P1"
        #expect(data(try take(garbled, id: "V9", from: Self.carol, in: Self.group, sessions)).contains(#""options":null"#))
    }

    @Test func statusesAndChannelsStayApart() throws {
        let sessions = try TwoSessions()
        #expect(try take(.text("status"), id: "S1", in: .status, sessions).isEmpty)
        let count = { try sessions.database.posts.page(1, limit: 10, session: sessions.bobID).total }
        #expect(try count() == 0)
        _ = try sessions.database.settings.set("receive.statuses", to: "yes")
        #expect(try take(.text("status"), id: "S2", in: .status, sessions).isEmpty)
        #expect(try count() == 1)
        #expect(try take(change(.deletion, of: "S2", fromMe: true, chat: .status), id: "S3", in: .status, sessions).isEmpty)
        #expect(try row("S2", sessions) == nil)
    }

    @Test func listsBelongToTheChatWithTheirSender() throws {
        let sessions = try TwoSessions()
        let events = try take(.text("to many"), id: "B1", in: JID(user: "1700000000", server: .broadcast), sessions)
        #expect(data(events).contains(#""from":"1001@lid""#) && data(events).contains(#""is_group":false"#))
    }

    @Test func disappearingChatsAreLearned() throws {
        let sessions = try TwoSessions()
        var setting = WAMessage()
        setting.protocolMessage.type = .ephemeralSetting
        setting.protocolMessage.ephemeralExpiration = 86_400
        #expect(try take(setting, id: "X1", sessions).isEmpty)
        let contact = try #require(try sessions.database.contacts.find(ContactAddress(lid: "1001"), session: sessions.bobID))
        #expect(try sessions.database.contacts.expiration(id: contact.id)?.seconds == 86_400)
        // A moment to come is taken as now, so that it can be changed again.
        setting.protocolMessage.ephemeralExpiration = 0
        setting.protocolMessage.ephemeralSettingTimestamp = 4_000_000_000
        _ = try take(setting, id: "X2", at: 1_790_000_100, sessions)
        #expect(try sessions.database.contacts.expiration(id: contact.id)?.seconds == 0)
        var old = WAMessage()
        old.extendedTextMessage.text = "old"
        old.extendedTextMessage.contextInfo.expiration = 5
        _ = try take(old, id: "X3", at: 1_700_000_000, sessions)
        #expect(try sessions.database.contacts.expiration(id: contact.id)?.seconds == 0)
    }
}
