import WhatsApp

/// Requests of devices that could not read a message of ours, in the order they came. They need answers of the service, so that the
/// reader can not serve them itself.
struct RetryQueue {
    /// More are not taken; they are not acknowledged then, and come again with the next connection.
    static let capacity = 256

    private var waiting: [(node: Node, generation: Int)] = []
    var isServing = false

    /// False where there is no room.
    mutating func append(_ node: Node, generation: Int) -> Bool {
        guard waiting.count < Self.capacity else { return false }
        waiting.append((node, generation))
        return true
    }

    /// The next request of this connection; what came on earlier ones is dropped, since it comes again.
    mutating func next(generation: Int) -> Node? {
        while !waiting.isEmpty {
            let first = waiting.removeFirst()
            if first.generation == generation { return first.node }
        }
        return nil
    }
}
