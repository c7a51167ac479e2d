import Testing

@testable import Model

struct JIDTests {
    @Test(arguments: [
        ("96890000001@s.whatsapp.net", "96890000001", "s.whatsapp.net", 0), ("96890000001:12@s.whatsapp.net", "96890000001", "s.whatsapp.net", 12),
        ("96890000001.0:3@s.whatsapp.net", "96890000001", "s.whatsapp.net", 3), ("123@lid", "123", "lid", 0),
        ("120363041234567890@g.us", "120363041234567890", "g.us", 0), ("status@broadcast", "status", "broadcast", 0),
    ])
    func readsText(_ text: String, _ user: String, _ server: String, _ device: Int) throws {
        let jid = try #require(JID(parsing: text))
        #expect(jid.user == user)
        #expect(jid.server.rawValue == server)
        #expect(Int(jid.device) == device)
        #expect(JID(parsing: jid.description) == jid)
    }

    @Test(arguments: [
        "", "@", "a@", "@lid", "1:65536@lid", "1:-1@lid", "1:x@lid", "a b@lid", "a\u{0}@lid", "ä@lid", "1@2@lid", ".1@lid",
        String(repeating: "1", count: 200) + "@lid",
    ])
    func refusesText(_ text: String) {
        #expect(JID(parsing: text) == nil)
    }

    @Test func bareServerHasNoUser() {
        #expect(JID(parsing: "s.whatsapp.net") == JID.service)
        #expect(JID.service.description == "s.whatsapp.net")
    }

    @Test func identityIsUserAndServer() {
        let phone = JID(user: "1", server: .phoneNumber, device: 2)
        #expect(phone.bare == JID(user: "1", server: .phoneNumber))
        #expect(phone.bare != JID(user: "1", server: .lid))
        #expect(phone.withDevice(0) == phone.bare)
    }
}
