import FoundationEssentials
import Model
import Store
import SwiftProtobuf
import Testing
import WAProto

@testable import Daemon
@testable import WhatsApp

/// Messages whose content only the own phone has, and what it hands out of them.
@Suite struct PhoneCopyTests {
    private static let alice = JID(user: "1001", server: .lid, device: 3)

    private func unread(_ sessions: TwoSessions, askedLessThan requests: Int = 1, later: Int64 = 10_000) throws -> [UnreadMessage] {
        try sessions.database.retries.unread(
            askedLessThan: requests, quietSince: sessions.now.adding(milliseconds: later), notBefore: sessions.now.adding(milliseconds: -10_000),
            limit: 10, session: sessions.bobID)
    }

    private func receiveEmpty(_ id: String, type: String, _ sessions: TwoSessions) throws {
        _ = try sessions.receive(
            Node("message", ["id": .text(id), "t": "1790000000", "from": .jid(Self.alice), "type": "text"], [Node("unavailable", ["type": .text(type)])]))
    }

    private func handOut(_ id: String, _ text: String, _ sessions: TwoSessions) throws -> [Event] {
        let own = try #require(sessions.bob.own)
        let node = Node("message", ["id": "P1", "t": "1790000001", "from": .jid(own.phoneNumber.bare), "type": "text", "category": "peer"])
        let info = try WAWebMessageInfo.with {
            $0.key.remoteJid = "1001@lid"
            $0.key.id = id
            $0.message.conversation = text
            $0.messageTimestamp = 1_790_000_000
        }.serializedData()
        let answer = WAMessage.with {
            $0.protocolMessage.type = .peerDataOperationRequestResponseMessage
            $0.protocolMessage.peerDataOperationRequestResponseMessage.peerDataOperationRequestType = .placeholderMessageResend
            $0.protocolMessage.peerDataOperationRequestResponseMessage.peerDataOperationResult = [
                .with { $0.placeholderMessageResendResponse.webMessageInfoBytes = info }
            ]
        }
        var events: [Event] = []
        let reception = Reception(
            message: try IncomingMessage(node, own: own, now: sessions.now), account: sessions.bob, own: own, session: sessions.bobID,
            now: sessions.now, database: sessions.database, links: try TwoSessions.links(), enqueue: { events.append($0) })
        var store = DatabaseSignalStore(database: sessions.database, session: sessions.bobID, account: sessions.bob)
        var news = PeerNews()
        try sessions.database.transaction {
            try reception.take(MessageContent(answer, isFromMe: true, isFromOwnPhone: true), from: own.phoneNumber.bare, in: &store, &news)
        }
        return events
    }

    @Test func whatTheServiceDoesNotHandOutIsAskedOfThePhone() throws {
        let sessions = try TwoSessions()
        try receiveEmpty("U1", type: "view_once", sessions)
        try receiveEmpty("U2", type: "fanout", sessions)
        let due = try unread(sessions)
        #expect(due.map(\.messageID) == ["U2"])
        // Not before its time.
        #expect(try unread(sessions, later: -1).isEmpty)
        let request = try PhoneRequest(try #require(due.first), in: sessions.database, session: sessions.bobID)
        #expect(request == .message(id: "U2", chat: Self.alice.bare, participant: nil))
    }

    @Test func onlyWhatWasAskedForIsTakenAndOnlyOnce() throws {
        let sessions = try TwoSessions()
        try receiveEmpty("U2", type: "fanout", sessions)
        #expect(try handOut("U2", "unasked", sessions).isEmpty)
        let due = try #require(try unread(sessions).first)
        try sessions.database.retries.askedPhone(for: due, session: sessions.bobID)
        #expect(try unread(sessions).isEmpty && unread(sessions, askedLessThan: 2).count == 1)
        let events = try handOut("U2", "asked for", sessions)
        #expect(events.count == 1 && events.map { CanonicalJSON.text($0.data) }.joined().contains(#""content":"asked for""#))
        let row = try #require(try sessions.database.messages.find("U2", session: sessions.bobID))
        #expect(row.content == "asked for" && row.type == .text && row.errorCode == nil)
        #expect(try unread(sessions, askedLessThan: 5).isEmpty)
        #expect(try handOut("U2", "another", sessions).isEmpty && handOut("U9", "never asked for", sessions).isEmpty)
    }
}
