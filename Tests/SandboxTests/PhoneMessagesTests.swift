import FoundationEssentials
import Testing

@testable import Sandbox

struct PhoneMessagesTests {
    private static func message(_ id: String, from: String = "96890000002", text: String = "Hi") -> PhoneMessage {
        PhoneMessage(
            revision: 1, id: id, chat: "96890000002", from: from, fromDevice: 0, fromMe: false, text: text, kind: "text",
            time: "2026-11-28T12:00:00Z", status: .received, receipts: [])
    }

    private static func texts(_ messages: PhoneMessages, _ id: String) -> [String?] { messages.named(id).map(\.text) }

    @Test func twoPeopleMayUseOneID() {
        var messages = PhoneMessages()
        messages.append(Self.message("A", text: "first"))
        messages.append(Self.message("B"))
        messages.append(Self.message("A", from: "96890000003", text: "second"))
        #expect(Self.texts(messages, "A") == ["first", "second"])
        #expect(messages.positions(of: "A") == [0, 2])
        #expect(messages.named("C").isEmpty)
    }

    @Test func theOldestMakeRoom() {
        var messages = PhoneMessages()
        messages.append(Self.message("again", text: "old"))
        for number in 1..<PhoneMessages.limit { messages.append(Self.message("\(number)")) }
        messages.append(Self.message("again", text: "new"))
        #expect(messages.count == PhoneMessages.limit)
        #expect(Self.texts(messages, "again") == ["new"])
        #expect(messages.positions(of: "again") == [PhoneMessages.limit - 1])
        #expect(messages.positions(of: "1") == [0])
        messages.append(Self.message("last"))
        #expect(messages.named("1").isEmpty)
        #expect(messages.first?.id == "2")
    }

    @Test func aListInTheFile() throws {
        var messages = PhoneMessages()
        messages.append(Self.message("A", text: "first"))
        messages.append(Self.message("B", text: "second"))
        messages[1].status = .read
        let bytes = try JSONEncoder().encode(messages)
        #expect(try JSONDecoder().decode([PhoneMessage].self, from: bytes) == Array(messages))
        let restored = try JSONDecoder().decode(PhoneMessages.self, from: bytes)
        #expect(Self.texts(restored, "B") == ["second"])
        #expect(restored.positions(of: "B") == [1])
    }
}
