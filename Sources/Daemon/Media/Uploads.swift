import Store

/// Files on their way out, and the messages that wait behind them: within a chat nothing overtakes a file, other chats do not wait for it.
///
/// Rows that stand here are taken (`working`); what a restart interrupts is taken anew.
struct Uploads {
    /// Chats that are worked on at a time.
    let places: Int
    /// Chats that may stand here; files for further ones stay in the outbox until there is room.
    static let maximumLines = 8

    /// By the chat's contact; the first row is the one that is worked on, or next.
    private var lines: [Int64: [OutboxRow]] = [:]
    /// Chats that wait for a place.
    private var waiting: [Int64] = []
    private var running = 0

    init(places: Int = 2) { self.places = places }

    /// Outbox rows that must not be taken again.
    var rowIDs: [Int64] { lines.values.flatMap { $0.map(\.id) } }
    /// Recipients, as their rows spell them, whose further rows stay in the outbox.
    var recipients: [String] { lines.values.reduce(into: Set<String>()) { $0.formUnion($1.map(\.to)) }.sorted() }
    var isFull: Bool { lines.count >= Self.maximumLines }

    func hasLine(_ contact: Int64) -> Bool { lines[contact] != nil }

    mutating func append(_ row: OutboxRow, contact: Int64) {
        if lines[contact] == nil { waiting.append(contact) }
        lines[contact, default: []].append(row)
    }

    /// The next chat to work on; nil where there is none, or no place.
    mutating func takePlace() -> Int64? {
        guard running < places, !waiting.isEmpty else { return nil }
        running += 1
        return waiting.removeFirst()
    }

    func first(_ contact: Int64) -> OutboxRow? { lines[contact]?.first }

    mutating func removeFirst(_ contact: Int64) {
        if lines[contact]?.isEmpty == false { lines[contact]?.removeFirst() }
    }

    /// The chat is done; its place is free.
    mutating func leave(_ contact: Int64) {
        lines[contact] = nil
        running -= 1
    }
}
