import Model
import Store
import TestDatabase
import Testing

@Suite struct ContactTests {
    private let number = "96890000001"
    private let lid = "123456789"

    private func receive(_ test: TestSession, _ messageID: String, contact: Int64, participant: Int64? = nil) throws -> Int64 {
        try test.database.messages.insertInbound(
            NewMessage(
                sessionID: test.id, ownJID: nil, contactID: contact, participantContactID: participant, messageID: messageID,
                source: .contact,
                type: .text, content: messageID, at: test.now)
        ).id
    }

    @Test func oneAddressIsOneContact() throws {
        let test = try TestSession()
        let contacts = test.database.contacts
        let id = try contacts.resolve(
            ContactAddress(JID(user: number, server: .phoneNumber, device: 5)), pushName: "Amal", session: test.id)
        #expect(try contacts.resolve(ContactAddress(phoneNumber: number), session: test.id) == id)
        let row = try #require(try contacts.find(id: id, session: test.id))
        #expect(row.jid == "\(number)@s.whatsapp.net" && row.name == "Amal" && row.pushName == "Amal" && !row.isGroup)
        try contacts.setSavedName("Amal (shop)", id: id)
        _ = try contacts.resolve(ContactAddress(phoneNumber: number), pushName: "A.", session: test.id)
        #expect(try contacts.find(id: id, session: test.id)?.name == "Amal (shop)")
        let group = try contacts.resolve(ContactAddress(JID(user: "1203630", server: .group)), session: test.id)
        #expect(try contacts.find(id: group, session: test.id)?.isGroup == true)
        for user in ["é", "1\0é", String(repeating: "1", count: 200)] {
            #expect(throws: StoreError.invalidValue) {
                try contacts.resolve(ContactAddress(JID(user: user, server: .phoneNumber)), session: test.id)
            }
        }
        #expect(throws: StoreError.malformed("address")) { try contacts.resolve(ContactAddress(), session: test.id) }
    }

    @Test func aMappingLearnedLaterMergesThePerson() throws {
        let test = try TestSession()
        let contacts = test.database.contacts
        let byNumber = try contacts.resolve(ContactAddress(phoneNumber: number), session: test.id)
        let byLID = try contacts.resolve(ContactAddress(lid: lid), pushName: "Amal", session: test.id)
        #expect(byNumber != byLID)
        let group = try contacts.resolve(ContactAddress(groupJID: "1@g.us"), session: test.id)
        let first = try receive(test, "A", contact: byNumber)
        _ = try receive(test, "A", contact: byLID)
        let second = try receive(test, "B", contact: byLID)
        let inGroup = try receive(test, "G", contact: group, participant: byLID)
        let twice = try receive(test, "H", contact: group, participant: byNumber)
        _ = try receive(test, "H", contact: group, participant: byLID)
        let merged = try contacts.resolve(ContactAddress(phoneNumber: number, lid: lid), session: test.id)
        #expect(merged == byNumber)
        let row = try #require(try contacts.find(id: merged, session: test.id))
        #expect(row.lid == lid && row.phoneNumber == number && row.name == "Amal" && row.messageCount == 2 && row.lastMessageAt == test.now)
        #expect(try contacts.find(id: byLID, session: test.id) == nil)
        let log = try test.database.messages.page(1, limit: 20, filter: MessageFilter(), session: test.id)
        #expect(log.rows.map(\.id).sorted() == [first, second, inGroup, twice].sorted())
        #expect(log.rows.filter(\.isGroup).allSatisfy { $0.participantContactID == merged })
        // The same message again is the same row, under either address.
        #expect(try receive(test, "B", contact: merged) == second)
        #expect(try receive(test, "G", contact: group, participant: merged) == inGroup)
        #expect(try contacts.lid(forPhoneNumber: number, session: test.id) == lid)
        #expect(try contacts.phoneNumber(forLID: lid, session: test.id) == number)
    }

    @Test func aLIDThatMovesToAnotherNumberLeavesTheHistory() throws {
        let test = try TestSession()
        let contacts = test.database.contacts
        let old = try contacts.resolve(ContactAddress(phoneNumber: number, lid: lid), session: test.id)
        let message = try receive(test, "A", contact: old)
        let new = try contacts.resolve(ContactAddress(phoneNumber: "96890000002", lid: lid), session: test.id)
        #expect(new != old)
        #expect(try contacts.find(id: old, session: test.id)?.lid == nil)
        #expect(try contacts.find(id: new, session: test.id)?.lid == lid)
        #expect(try test.database.messages.find(id: message, session: test.id)?.contactID == old)
    }

    @Test func searchTakesItsSignsLiterally() throws {
        let test = try TestSession()
        let contacts = test.database.contacts
        for (number, name) in [("9681", "100% real"), ("9682", "under_score"), ("9683", "wow!"), ("4477", nil)] {
            _ = try contacts.resolve(ContactAddress(phoneNumber: number), pushName: name, session: test.id)
        }
        func names(_ search: String) throws -> [String?] {
            try contacts.page(1, limit: 9, filter: ContactFilter(kind: .individual, search: search), session: test.id).rows.map(\.name)
        }
        #expect(try names("%") == ["100% real"])
        #expect(try names("_") == ["under_score"])
        #expect(try names("!") == ["wow!"])
        #expect(try names("968").count == 3)
        #expect(try names("é😀").isEmpty)
    }

    @Test func forgettingTakesWhatWasSaid() throws {
        let test = try TestSession()
        let contact = try test.database.contacts.resolve(ContactAddress(phoneNumber: number), session: test.id)
        let message = try receive(test, "A", contact: contact)
        #expect(try test.database.contacts.forget(ContactAddress(phoneNumber: number), session: test.id))
        #expect(try test.database.messages.find(id: message, session: test.id) == nil)
        #expect(try test.database.contacts.forget(ContactAddress(phoneNumber: number), session: test.id) == false)
    }
}
