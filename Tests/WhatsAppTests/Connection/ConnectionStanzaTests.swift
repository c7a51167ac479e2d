import Model
import Signal
import Testing
@testable import WhatsApp

@Suite struct ConnectionStanzaTests {
    @Test func nodesTravelBothWays() throws {
        var pair = try ConnectedPair()
        let message = Node("message", ["id": "3EB0", "from": .jid(.status)], bytes: [1, 2])
        #expect(try pair.serve(message).stanzas == [message])
        let actions = try pair.connection.send(message, now: ConnectedPair.start)
        _ = try pair.service.received(actions.written)
        #expect(pair.service.nodes == [message])
    }

    @Test func framesInAnyCut() throws {
        var pair = try ConnectedPair()
        let sent = (0..<4).map { Node("receipt", ["id": .text(String($0))]) }
        let stream = try sent.flatMap { try pair.service.frame($0) }
        for cut in stream.indices {
            var connection = pair.connection
            let nodes = connection.received(stream[..<cut], now: 0).stanzas + connection.received(stream[cut...], now: 0).stanzas
            #expect(nodes == sent, "cut at \(cut)")
        }
    }

    @Test func onlyTheFirstSuccessCounts() throws {
        var pair = try ConnectedPair()
        let success = Node("success", ["t": "1"])
        #expect(try pair.serve(success).stanzas == [success])
        #expect(try pair.serve(success).stanzas.isEmpty)
    }

    @Test(arguments: [
        Node("iq", ["type": "get", "from": .jid(.service), "xmlns": "urn:xmpp:ping", "id": "7"]),
        Node("iq", ["type": "get", "from": .jid(.service), "id": "7"], [Node("ping")]),
    ])
    func pingsAreAnswered(_ ping: Node) throws {
        var pair = try ConnectedPair()
        #expect(try pair.serve(ping).stanzas.isEmpty)
        #expect(pair.service.nodes == [Node("iq", ["type": "result", "to": .jid(.service), "id": "7"])])
    }

    @Test func otherRequestsOfTheServiceComeThrough() throws {
        var pair = try ConnectedPair()
        let pairing = Node("iq", ["type": "set", "from": .jid(.service), "id": "1", "xmlns": "md"], [Node("pair-device")])
        #expect(try pair.serve(pairing).stanzas == [pairing])
        #expect(pair.service.nodes.isEmpty)
    }

    @Test func undecodableNodesDoNotEndTheConnection() throws {
        var pair = try ConnectedPair()
        let actions = pair.connection.received(try pair.service.frame(payload: [0, 0xF0]), now: ConnectedPair.start)
        #expect(actions.first == .undecodable(.unexpectedTag(0xF0, position: 0), payload: [0, 0xF0]))
        #expect(try pair.serve(Node("ib")).stanzas == [Node("ib")])
    }

    @Test func corruptedFramesEndTheConnection() throws {
        var pair = try ConnectedPair()
        var frame = try pair.service.frame(Node("ib"))
        frame[frame.count - 1] ^= 1
        let behind = try pair.service.frame(Node("ib"))
        #expect(pair.connection.received(frame + behind, now: 0) == [.close(.transport(.undecryptable(.frame)))])
        #expect(pair.connection.received(behind, now: 0).isEmpty)
        #expect(throws: ConnectionError.notOpen) { try pair.connection.send(Node("iq"), now: 0) }
    }

    @Test func nodesThatFitNoFrameAreRefusedAndNothingIsLost() throws {
        var pair = try ConnectedPair()
        let huge = Node("enc", bytes: [UInt8](repeating: 0, count: 1 << 24))
        #expect(throws: ConnectionError.tooLong) { try pair.connection.send(huge, now: 0) }
        let wide = Node("list", [:], [Node](repeating: Node("item"), count: 65_536))
        #expect(throws: ConnectionError.tooLong) { try pair.connection.send(wide, now: 0) }
        // The counters still agree.
        _ = try pair.service.received(try pair.connection.send(Node("iq"), now: 0).written)
        #expect(pair.service.nodes == [Node("iq")])
    }

    @Test func requestIDsDiffer() throws {
        var pair = try ConnectedPair()
        let ids = (0..<100).compactMap { _ in pair.connection.makeRequestID() }
        #expect(Set(ids).count == 100)
        #expect(ids.allSatisfy { $0.wholeMatch(of: /\d{1,3}\.\d{1,3}-\d+/) != nil })
    }
}
