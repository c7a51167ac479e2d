import Model
import WAProto

/// Recent own messages in the clear, to serve retry receipts.
struct PhoneOutbox: Sendable {
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
