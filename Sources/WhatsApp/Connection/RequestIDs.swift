/// Ids for the requests of one connection: two random byte values and a counter, `26.49-7`, as the web client makes them.
struct RequestIDs: Sendable {
    private let prefix: String
    private var counter: UInt64 = 0

    init(using rng: inout some RandomNumberGenerator) {
        prefix = "\(UInt8.random(in: 0...255, using: &rng)).\(UInt8.random(in: 0...255, using: &rng))-"
    }

    mutating func next() -> String {
        counter &+= 1
        return prefix + String(counter)
    }
}
