/// What a phone's screen shows, oldest first, found by id without a look at all of it.
///
/// In the state's file it is a plain list.
struct PhoneMessages: Sendable {
    static let limit = 10_000

    private var list: [PhoneMessage] = []
    /// Where the messages of an id are, counted from the first message ever shown: two people may use one id.
    private var numbers: [String: [Int]] = [:]
    /// Oldest messages that are not shown any more.
    private var dropped = 0

    mutating func append(_ message: PhoneMessage) {
        numbers[message.id, default: []].append(dropped + list.count)
        list.append(message)
        guard list.count > Self.limit else { return }
        let oldest = list.removeFirst().id
        numbers[oldest]?.removeFirst()
        if numbers[oldest]?.isEmpty == true { numbers[oldest] = nil }
        dropped += 1
    }

    func positions(of id: String) -> [Int] { (numbers[id] ?? []).map { $0 - dropped } }

    func named(_ id: String) -> [PhoneMessage] { positions(of: id).map { list[$0] } }
}

extension PhoneMessages: RandomAccessCollection, MutableCollection {
    var startIndex: Int { list.startIndex }
    var endIndex: Int { list.endIndex }

    /// A changed message keeps its id.
    subscript(position: Int) -> PhoneMessage {
        get { list[position] }
        _modify { yield &list[position] }
    }
}

extension PhoneMessages: Codable {
    init(from decoder: any Decoder) throws {
        for message in try decoder.singleValueContainer().decode([PhoneMessage].self) { append(message) }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(list)
    }
}
