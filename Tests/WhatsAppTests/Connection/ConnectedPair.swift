import Testing
@testable import WhatsApp

/// A connection and its service after the handshake, at the moment ``start``.
struct ConnectedPair {
    static let start: Int64 = 1_000_000
    var service: FakeService
    var connection: Connection

    init(seed: UInt64 = 5) throws {
        service = try FakeService()
        connection = Connection(service.settings(seed: seed), now: Self.start)
        let hello = try service.received(connection.opened(now: Self.start, unixTime: FakeService.unixTime).written)
        let finish = connection.received(hello, now: Self.start)
        _ = try service.received(finish.written)
        try #require(connection.isEstablished)
    }

    /// The service sends a node; whatever the client writes reaches the service.
    mutating func serve(_ node: Node, at elapsed: Int64 = 0) throws -> [ConnectionAction] {
        let actions = connection.received(try service.frame(node), now: Self.start + elapsed)
        _ = try service.received(actions.written)
        return actions
    }

    /// The client sends a node, which reaches the service.
    mutating func send(_ node: Node, at elapsed: Int64) throws -> [ConnectionAction] {
        let actions = try connection.send(node, now: Self.start + elapsed)
        _ = try service.received(actions.written)
        return actions
    }

    mutating func tick(at elapsed: Int64) throws -> [ConnectionAction] {
        let actions = connection.tick(now: Self.start + elapsed)
        _ = try service.received(actions.written)
        return actions
    }
}
