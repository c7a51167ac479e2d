import Model
import Store
import TestDatabase
import Testing

@Suite struct MessageTests {
    private func outbound(_ test: TestSession, _ id: String = "3EB0") throws -> (contact: Int64, id: Int64) {
        let contact = try test.database.contacts.resolve(ContactAddress(phoneNumber: "96890000001"), session: test.id)
        let message = NewMessage(
            sessionID: test.id, ownJID: JID(user: "968", server: .phoneNumber), contactID: contact, messageID: id, source: .api,
            type: .text, content: "x",
            at: test.now)
        return (contact, try test.database.messages.insertOutbound(message).id)
    }

    /// Every pair of states: a message moves forward or stays.
    @Test func statusNeverGoesBack() throws {
        let states: [MessageStatus] = [.pending, .failed, .sent, .delivered, .read]
        for (start, from) in states.enumerated() {
            for (end, to) in states.enumerated() {
                let test = try TestSession(sharing: Self.shared)
                let (contact, id) = try outbound(test, "\(from)-\(to)")
                _ = try test.database.run("UPDATE wa_messages SET status = ? WHERE id = ?", [.text(from.rawValue), .integer(id)])
                let changed = try test.database.messages.advanceStatus(
                    ["\(from)-\(to)"], to: to, contact: contact, at: test.now.adding(milliseconds: 1), session: test.id)
                let row = try #require(try test.database.messages.find(id: id, session: test.id))
                #expect(row.status == (end > start ? to : from))
                #expect(changed == (end > start ? [row] : []))
                #expect((row.sentAt == nil) == !(end > start && end >= 2))
                #expect((row.readAt == nil) == !(end > start && end == 4))
            }
        }
    }

    private static let shared = Result { try DatabaseServer.freshDatabase() }

    @Test func receiptsOfOtherChatsAndInboundMessagesChangeNothing() throws {
        let test = try TestSession()
        let (contact, id) = try outbound(test)
        let other = try test.database.contacts.resolve(ContactAddress(phoneNumber: "96890000002"), session: test.id)
        try test.database.messages.insertInbound(
            NewMessage(
                sessionID: test.id, ownJID: nil, contactID: other, messageID: "3EB0", source: .contact, type: .text, content: "y",
                at: test.now))
        #expect(try test.database.messages.advanceStatus(["3EB0"], to: .read, contact: other, at: test.now, session: test.id).isEmpty)
        #expect(try test.database.messages.advanceStatus(["3EB0"], to: .read, at: test.now, session: test.id + 1).isEmpty)
        #expect(
            try test.database.messages.advanceStatus(["none", "3EB0"], to: .delivered, at: test.now, session: test.id).map(\.id) == [id])
        // Our own first, whatever came later.
        #expect(try test.database.messages.find("3EB0", session: test.id)?.contactID == contact)
        #expect(try test.database.messages.find(String(id), session: test.id)?.id == id)
        #expect(try test.database.messages.find(String(id), session: test.id + 1) == nil)
    }

    @Test func theLogHasPagesAndFilters() throws {
        let test = try TestSession()
        for number in 1...5 { _ = try outbound(test, "M\(number)") }
        let messages = test.database.messages
        let page = try messages.page(2, limit: 2, filter: MessageFilter(), session: test.id)
        #expect(page.total == 5)
        #expect(page.rows.map(\.messageID) == ["M3", "M2"])
        var filter = MessageFilter()
        filter.sinceID = page.rows.first?.id
        #expect(try messages.page(1, limit: 9, filter: filter, session: test.id).rows.map(\.messageID) == ["M4", "M5"])
        filter = MessageFilter()
        filter.direction = .inbound
        #expect(try messages.page(1, limit: 9, filter: filter, session: test.id).total == 0)
        filter = MessageFilter()
        filter.from = test.now
        filter.to = test.now
        #expect(try messages.page(1, limit: 9, filter: filter, session: test.id).total == 0)
        #expect(try messages.page(.max, limit: .max, filter: MessageFilter(), session: test.id).rows.isEmpty)
    }

    @Test func retryCopiesAreKeptSealed() throws {
        let test = try TestSession()
        let (contact, id) = try outbound(test)
        let plaintext = Array("the encoded message".utf8)
        try test.database.messages.saveRetryCopy(
            plaintext, secret: Array(repeating: 7, count: 32), messageID: "3EB0", id: id, session: test.id)
        #expect(try test.database.messages.retryCopy(messageID: "3EB0", contact: contact, session: test.id)?.plaintext == plaintext)
        #expect(try test.database.messages.retryCopy(messageID: "3EB0", contact: contact + 1, session: test.id) == nil)
        #expect(try test.database.messages.secret(messageID: "3EB0", id: id, session: test.id) == Array(repeating: 7, count: 32))
        #expect(try test.database.run("SELECT 1 AS one FROM wa_messages WHERE INSTR(retry_copy, 'encoded')").rows.isEmpty)
        #expect(try test.database.messages.dropRetryCopies(before: test.now.adding(milliseconds: 1), limit: 9) == 1)
        #expect(try test.database.messages.retryCopy(messageID: "3EB0", session: test.id) == nil)
    }

    @Test func anUnreadableMessageIsFilledOnce() throws {
        let test = try TestSession()
        let contact = try test.database.contacts.resolve(ContactAddress(phoneNumber: "96890000001"), session: test.id)
        var message = NewMessage(
            sessionID: test.id, ownJID: nil, contactID: contact, messageID: "A", source: .contact, type: .other, content: nil, at: test.now)
        try test.database.messages.insertPlaceholder(message)
        try test.database.messages.insertPlaceholder(message)
        message.type = .text
        message.content = "now it can be read"
        let (id, isNew) = try test.database.messages.insertInbound(message)
        #expect(!isNew)
        #expect(try test.database.messages.find(id: id, session: test.id)?.errorCode == MessageTable.undecryptable)
        #expect(try test.database.messages.fillPlaceholder(id, with: message))
        #expect(try test.database.messages.fillPlaceholder(id, with: message) == false)
        let row = try #require(try test.database.messages.find(id: id, session: test.id))
        #expect(row.content == "now it can be read" && row.type == .text && row.errorCode == nil)
        #expect(try test.database.contacts.find(id: contact, session: test.id)?.messageCount == 1)
    }
}
