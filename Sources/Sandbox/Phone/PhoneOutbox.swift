import Model
import SwiftProtobuf
import WAProto

/// Recent own messages in the clear, to serve retry receipts.
struct PhoneOutbox: Codable, Sendable {
    struct Entry: Sendable {
        let chat: JID
        let message: WAMessage
    }

    static let capacity = 1_000
    private var order: [String] = []
    private var entries: [String: Entry] = [:]

    subscript(id: String) -> Entry? { entries[id] }

    mutating func insert(_ id: String, _ entry: Entry) {
        if entries.updateValue(entry, forKey: id) == nil { order.append(id) }
        if order.count > Self.capacity { entries[order.removeFirst()] = nil }
    }
}

// SwiftProtobuf has a Decoder of its own.
extension PhoneOutbox.Entry: Codable {
    private enum CodingKeys: CodingKey { case chat, message }

    init(from decoder: any Swift.Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let chat = JID(parsing: try container.decode(String.self, forKey: .chat)) else {
            throw DecodingError.dataCorruptedError(forKey: .chat, in: container, debugDescription: "no address")
        }
        self.init(chat: chat, message: try WAMessage(serializedBytes: try container.decode([UInt8].self, forKey: .message)))
    }

    func encode(to encoder: any Swift.Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let bytes: [UInt8] = try message.serializedBytes()
        try container.encode(chat.description, forKey: .chat)
        try container.encode(bytes, forKey: .message)
    }
}
