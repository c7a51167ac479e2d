import Signal
import Testing
@testable import WhatsApp

@Suite struct ConnectionHandshakeTests {
    @Test func opensWithRoutingInfoAndPayload() throws {
        var service = try FakeService()
        let settings = service.settings(payload: [9, 8, 7], routingInfo: [8, 2])
        var connection = Connection(settings, now: 0)
        #expect(connection.deadline == ConnectionLimits.dial)
        let opening = connection.opened(now: 100, unixTime: FakeService.unixTime)
        #expect(opening.deadline == 100 + ConnectionLimits.handshake)
        let hello = try service.received(opening.written)
        #expect(service.routingInfo == [8, 2])
        #expect(!connection.isEstablished && connection.makeRequestID() == nil)
        _ = try service.received(connection.received(hello, now: 200).written)
        #expect(connection.isEstablished)
        #expect(service.clientPayload == [9, 8, 7])
        #expect(service.clientStatic == settings.staticKey.publicKey.bytes)
        #expect(connection.deadline == 200 + ConnectionLimits.login)
    }

    @Test func serverHelloInSingleBytes() throws {
        var service = try FakeService()
        var connection = Connection(service.settings(), now: 0)
        let hello = try service.received(connection.opened(now: 0, unixTime: FakeService.unixTime).written)
        for byte in hello.dropLast() { #expect(connection.received([byte], now: 1).written.isEmpty) }
        #expect(!connection.received(hello.suffix(1), now: 1).written.isEmpty)
    }

    @Test func everyStateBeforeTheLoginHasADeadline() throws {
        var service = try FakeService()
        var connection = Connection(service.settings(), now: 0)
        var early = connection
        #expect(early.tick(now: ConnectionLimits.dial - 1).closeReason == nil)
        #expect(early.tick(now: ConnectionLimits.dial).closeReason == .timedOut(.dial))
        let hello = try service.received(connection.opened(now: 0, unixTime: FakeService.unixTime).written)
        var silent = connection
        #expect(silent.tick(now: ConnectionLimits.handshake - 1).closeReason == nil)
        #expect(silent.tick(now: ConnectionLimits.handshake).closeReason == .timedOut(.handshake))
        _ = connection.received(hello, now: 0)
        #expect(connection.tick(now: ConnectionLimits.login - 1).closeReason == nil)
        #expect(connection.tick(now: ConnectionLimits.login).closeReason == .timedOut(.login))
        #expect(connection.deadline == nil)
        #expect(connection.tick(now: .max).isEmpty)
    }

    @Test func talkWithoutSuccessIsNoLogin() throws {
        var pair = try ConnectedPair()
        for node in [Node("ib"), Node("iq", ["type": "get", "xmlns": "urn:xmpp:ping", "id": "1"]), Node("notification", ["id": "2"])] {
            _ = try pair.serve(node, at: 1_000)
        }
        #expect(try pair.tick(at: ConnectionLimits.login) == [.close(.timedOut(.login))])
        // Without an account there is no success: the codes are what was waited for.
        var unlinked = try ConnectedPair()
        _ = try unlinked.serve(Node("iq", ["type": "set", "id": "1"], [Node("pair-device")]), at: 1_000)
        #expect(try unlinked.tick(at: ConnectionLimits.login).closeReason == nil)
    }

    @Test func badServers() throws {
        func close(_ change: (inout [UInt8]) -> Void, unixTime: Int64 = FakeService.unixTime) throws -> CloseReason? {
            var service = try FakeService()
            var connection = Connection(service.settings(), now: 0)
            var hello = try service.received(connection.opened(now: 0, unixTime: unixTime).written)
            change(&hello)
            return connection.received(hello, now: 0).closeReason
        }
        #expect(try close({ _ in }) == nil)
        #expect(try close({ $0[$0.count - 1] ^= 1 }) == .handshake(.undecryptable(.certificate)))
        let limit = Frame.maximumHandshakePayload
        #expect(try close({ $0.replaceSubrange(0..<3, with: [0, 0x40, 1]) }) == .frame(.announcedTooLong(bytes: 16_385, limit: limit)))
        let expired = CertificateError.expired(.intermediate, notAfter: 1_800_000_000, now: 1_800_000_001)
        #expect(try close({ _ in }, unixTime: 1_800_000_001) == .handshake(.certificate(expired)))
        #expect(CloseReason.handshake(.certificate(expired)).reconnection == .stop)
    }

    @Test func strangersRootIsRefused() throws {
        var service = try FakeService()
        var settings = service.settings()
        settings.rootKey = CertificateChain.whatsAppRootKey
        var connection = Connection(settings, now: 0)
        let hello = try service.received(connection.opened(now: 0, unixTime: FakeService.unixTime).written)
        let actions = connection.received(hello, now: 0)
        #expect(actions == [.close(.handshake(.certificate(.intermediateSignature)))])
    }

    @Test func eventsInTheWrongStateDoNothing() throws {
        let service = try FakeService()
        var connection = Connection(service.settings(), now: 0)
        #expect(connection.received([1, 2, 3], now: 0).isEmpty)
        #expect(throws: ConnectionError.notOpen) { try connection.send(Node("iq"), now: 0) }
        #expect(connection.closed() == [.close(.lost)])
        #expect(connection.closed().isEmpty && connection.disconnect().isEmpty)
        #expect(connection.opened(now: 0, unixTime: 0).isEmpty && connection.received([0, 0, 0], now: 0).isEmpty)
        #expect(connection.closeReason == .lost)
    }

    @Test func lossInEveryState() throws {
        var service = try FakeService()
        var dialing = Connection(service.settings(), now: 0)
        var handshaking = dialing
        _ = try service.received(handshaking.opened(now: 0, unixTime: FakeService.unixTime).written)
        var established = try ConnectedPair().connection
        #expect(dialing.closed() == [.close(.lost)])
        #expect(handshaking.closed() == [.close(.lost)])
        #expect(established.closed() == [.close(.lost)])
        var wanted = try ConnectedPair().connection
        #expect(wanted.disconnect() == [.close(.requested)])
    }
}
