import Model
import Testing
@testable import WhatsApp

@Suite struct PrivacySettingsTests {
    private func answer(_ content: [Node]) -> Node { Node("iq", ["type": "result", "id": "1", "from": .jid(.service)], content) }

    private func category(_ name: String, _ value: String) -> Node {
        Node("category", ["name": .text(name), "value": .text(value)])
    }

    @Test func readingIsShownUnlessTheOwnerSaysNobody() throws {
        #expect(try PrivacySettings.showsReading(answer([Node("privacy", [:], [category("last", "none"), category("readreceipts", "all")])])))
        #expect(try !PrivacySettings.showsReading(answer([Node("privacy", [:], [category("readreceipts", "none")])])))
        #expect(try PrivacySettings.showsReading(answer([Node("privacy")])))
    }

    @Test func otherAnswersAreErrors() {
        #expect(throws: StanzaError.missing("privacy")) { try PrivacySettings.showsReading(answer([])) }
        #expect(throws: StanzaError.self) { try PrivacySettings.showsReading(Node("iq", ["type": "error", "id": "1"])) }
    }

    @Test func receiptForTheOwnDevicesAlone() throws {
        let chat = JID(user: "1", server: .lid)
        let receipt = try #require(MessageReceipt.read(ids: ["A"], chat: chat, participant: nil, at: Timestamp(seconds: 7), toOwnDevicesOnly: true))
        #expect(receipt == Node("receipt", ["id": "A", "type": "read-self", "to": .jid(chat), "t": "7"]))
    }
}
