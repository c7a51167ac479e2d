import Model
import Store
import TestDatabase
import Testing

@Suite struct OutboxTests {
    @Test func aMessageGoesFromTheAPIToTheAck() throws {
        let test = try TestSession()
        let database = test.database
        guard case .stored(let row) = try database.outbox.enqueue(test.text(to: "96890000001", id: "3EB001"), now: test.now) else {
            Issue.record("not stored")
            return
        }
        #expect(row.status == .pending)
        #expect(row.messageStatus == .pending)
        #expect(row.payload.contains("Hello"))
        let claimed = try database.outbox.claimDue(session: test.id, now: test.now, limit: 10)
        #expect(claimed.map(\.id) == [row.id])
        #expect(claimed.first?.status == .working)
        #expect(claimed.first?.attempts == 1)
        #expect(try database.outbox.claimDue(session: test.id, now: test.now, limit: 10).isEmpty)
        try database.outbox.saveStanza([0, 1, 2, 255], id: row.id)
        #expect(try database.outbox.unacked(session: test.id).map(\.stanza) == [[0, 1, 2, 255]])
        let message = try database.outbox.sent(id: row.id, at: test.now.adding(milliseconds: 500))
        #expect(message?.status == .sent)
        #expect(message?.sentAt == test.now.adding(milliseconds: 500))
        #expect(message?.remoteJID == "96890000001@s.whatsapp.net")
        #expect(try database.outbox.unacked(session: test.id).isEmpty)
        #expect(try database.outbox.find(id: row.id)?.stanza == nil)
        #expect(try database.outbox.sent(id: row.id, at: test.now) == nil)
    }
}
