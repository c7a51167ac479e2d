import Model
import Store
import Testing
import WhatsApp

@testable import Daemon

/// Calls: told once, refused by setting, with a text that comes once.
@Suite struct CallReceptionTests {
    private static let caller = JID(user: "1001", server: .lid)

    private func take(_ child: Node, at age: Int64 = 0, from: JID = caller, _ sessions: TwoSessions) throws -> (CallReception.Outcome, [Event]) {
        let own = try #require(sessions.bob.own)
        var events: [Event] = []
        let stanza = Node("call", ["id": "1", "from": .jid(from), "t": .text("\(sessions.now.seconds - age)")], [child])
        let call = try #require(CallStanza(stanza))
        let outcome = try sessions.database.transaction {
            try CallReception(
                call: call, own: own, session: sessions.bobID, now: sessions.now, database: sessions.database, enqueue: { events.append($0) }
            ).run()
        }
        return (outcome, events)
    }

    private func offer(_ id: String, _ tag: String = "offer") -> Node {
        Node(tag, ["call-id": .text(id), "call-creator": .jid(Self.caller), "caller_pn": "96890000001@s.whatsapp.net"])
    }

    @Test func toldOnce() throws {
        let sessions = try TwoSessions()
        let (outcome, events) = try take(offer("C1"), sessions)
        #expect(events.map(\.name) == [.callIncoming] && outcome.rejects == nil)
        #expect(CanonicalJSON.text(try #require(events.first).data) == #"{"from":"96890000001@s.whatsapp.net","call_id":"C1","is_video":false}"#)
        #expect(try take(offer("C1"), sessions).1.isEmpty)
        #expect(try take(offer("C1", "offer_notice"), sessions).1.isEmpty)
    }

    @Test func ownCallsAreNoNews() throws {
        let sessions = try TwoSessions()
        let own = try #require(sessions.bob.own)
        let mine = Node("offer", ["call-id": "C1", "call-creator": .jid(own.phoneNumber)])
        #expect(try take(mine, from: own.phoneNumber, sessions).1.isEmpty)
    }

    @Test func refusedBySettingWithOneText() throws {
        let sessions = try TwoSessions()
        _ = try sessions.database.settings.set("calls.reject", to: "yes")
        _ = try sessions.database.settings.set("calls.reject_text", to: "No calls")
        let (first, events) = try take(offer("C1"), sessions)
        #expect(events.map(\.name) == [.callIncoming, .callRejected])
        #expect(first.rejects?.callID == "C1" && first.hasText)
        // Told again: refused again, without another word.
        let (again, more) = try take(offer("C1"), sessions)
        #expect(again.rejects != nil && !again.hasText && more.isEmpty)
        #expect(try !take(offer("C2"), sessions).0.hasText)
        // Long over.
        #expect(try take(offer("C3"), at: 3_600, sessions).0.rejects == nil)
        #expect(try sessions.database.outbox.nextDueAt(session: sessions.bobID) != nil)
    }

    @Test func nobodyWhoOptedOutIsTexted() throws {
        let sessions = try TwoSessions()
        _ = try sessions.database.settings.set("calls.reject", to: "yes")
        _ = try sessions.database.settings.set("calls.reject_text", to: "No calls")
        try sessions.database.optOuts.add("96890000001")
        let (outcome, _) = try take(offer("C1"), sessions)
        #expect(outcome.rejects != nil && !outcome.hasText)
    }

    @Test func endsAreNoted() throws {
        let sessions = try TwoSessions()
        for (id, reason, status, events) in [
            ("C1", "timeout", CallStatus.missed, 0), ("C2", "rejected_elsewhere", .rejected, 1), ("C3", "accepted_elsewhere", .accepted, 0),
            ("C4", "\u{1F600} not ascii", .missed, 0),
        ] {
            _ = try take(offer(id), sessions)
            let end = Node("terminate", ["call-id": .text(id), "call-creator": .jid(Self.caller), "reason": .text(reason)])
            #expect(try take(end, sessions).1.count == events)
            #expect(try sessions.database.calls.find(id, session: sessions.bobID)?.status == status)
            #expect(try take(end, sessions).1.isEmpty)
        }
    }
}
