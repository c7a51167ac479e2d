import Model
import Testing
@testable import WhatsApp

@Suite struct KeepaliveTests {
    private let interval = ConnectionLimits.pingInterval

    /// A pair that is logged in, so that only the keepalive's deadlines are left.
    private func pair(seed: UInt64 = 5) throws -> ConnectedPair {
        var pair = try ConnectedPair(seed: seed)
        _ = try pair.serve(Node("success"))
        return pair
    }

    @Test func pingsComeAtRandomWithinTheInterval() throws {
        var times: Set<Int64> = []
        for seed in UInt64(0)..<50 {
            var pair = try pair(seed: seed)
            let due = try #require(pair.connection.deadline) - ConnectedPair.start
            #expect(interval.contains(due))
            times.insert(due)
            #expect(try pair.tick(at: due - 1).written.isEmpty)
            #expect(!(try pair.tick(at: due).written.isEmpty))
        }
        #expect(times.count > 40)
    }

    @Test func pingLooksLikeTheWebClientsAndItsAnswerIsSwallowed() throws {
        var pair = try pair()
        _ = try pair.tick(at: 20_000)
        let ping = try #require(pair.service.nodes.first)
        let id = try #require(ping.string("id"))
        #expect(ping == Node("iq", ["to": .jid(.service), "type": "get", "xmlns": "w:p", "id": .text(id)]))
        let answer = Node("iq", ["from": .jid(.service), "type": "result", "id": .text(id)])
        #expect(try pair.serve(answer, at: 20_100).stanzas.isEmpty)
        // The same id once more is nobody's ping.
        #expect(try pair.serve(answer, at: 20_200).stanzas == [answer])
    }

    @Test func silenceAfterAPingIsDeath() throws {
        var pair = try pair()
        let ping = try pair.tick(at: 20_000)
        #expect(ping.deadline == ConnectedPair.start + 20_000 + ConnectionLimits.answer)
        #expect(try pair.tick(at: 29_999).closeReason == nil)
        #expect(try pair.tick(at: 30_000) == [.close(.timedOut(.keepalive))])
    }

    @Test func anythingReceivedIsLife() throws {
        var pair = try pair()
        _ = try pair.tick(at: 20_000)
        _ = try pair.serve(Node("notification", ["id": "1"]), at: 29_999)
        #expect(try pair.tick(at: 30_001).closeReason == nil)
        // Even a part of a frame, which brings no stanza yet.
        var slow = try self.pair()
        _ = try slow.tick(at: 20_000)
        #expect(slow.connection.received([0], now: ConnectedPair.start + 29_999).stanzas.isEmpty)
        #expect(try slow.tick(at: 30_000).closeReason == nil)
    }

    @Test func talkingWithoutHearingIsDeathInTheEnd() throws {
        var pair = try pair()
        var (elapsed, reason): (Int64, CloseReason?) = (0, nil)
        while reason == nil, elapsed < 120_000 {
            elapsed += 1_000
            _ = try pair.serve(Node("notification", ["id": "1"]), at: elapsed)
            reason = try pair.tick(at: elapsed).closeReason
        }
        #expect(reason == .timedOut(.keepalive))
        #expect((interval.lowerBound...interval.upperBound + 1_000).contains(elapsed - ConnectionLimits.deafness))
    }

    @Test func anAnswerIsAwaitedWhileTheOwnerIsBehind() throws {
        var pair = try pair()
        _ = try pair.tick(at: 20_000)
        for elapsed in stride(from: Int64(29_000), through: 200_000, by: 9_000) {
            pair.connection.isBehind(now: ConnectedPair.start + elapsed)
            #expect(try pair.tick(at: elapsed).closeReason == nil)
        }
        // Nothing more has come: silence counts from now on.
        #expect(try pair.tick(at: 250_000).closeReason == .timedOut(.keepalive))
    }

    @Test func pingsGoOnForHours() throws {
        var pair = try pair()
        var elapsed: Int64 = 0
        while elapsed < 4 * 3_600_000 {
            let due = try #require(pair.connection.deadline) - ConnectedPair.start
            #expect(interval.contains(due - elapsed))
            elapsed = due
            _ = try pair.tick(at: elapsed)
            let id = try #require(pair.service.nodes.last?.attributes["id"])
            pair.service.forgetNodes()
            #expect(try pair.serve(Node("iq", ["type": "result", "id": id]), at: elapsed).stanzas.isEmpty)
        }
    }

    @Test(arguments: [
        (Node("iq", ["type": "get", "id": "1"]), true), (Node("iq", ["type": "set", "id": "1"]), true),
        (Node("message", ["id": "1"]), true),
        (Node("iq", ["type": "result", "id": "1"]), false), (Node("receipt", ["id": "1"]), false), (Node("presence"), false),
    ])
    func silenceAfterAWriteThatNeedsAnAnswer(_ node: Node, needsAnswer: Bool) throws {
        var pair = try pair()
        let actions = try pair.send(node, at: 0)
        #expect((actions.deadline == ConnectedPair.start + ConnectionLimits.probe) == needsAnswer)
        // A later write does not put the question off, nor the death.
        _ = try pair.send(node, at: 4_000)
        #expect(try pair.tick(at: 5_000).written.isEmpty != needsAnswer)
        _ = try pair.send(node, at: 10_000)
        #expect((try pair.tick(at: 15_000).closeReason == .timedOut(.keepalive)) == needsAnswer)
    }

    @Test func aQueryThatTheServiceDoesNotKnowDoesNotEndTheConnection() throws {
        var pair = try pair()
        _ = try pair.send(Node("iq", ["type": "get", "id": "1", "xmlns": "unheard-of"]), at: 0)
        _ = try pair.tick(at: 5_000)
        let ping = try #require(pair.service.nodes.last?.attributes["id"])
        _ = try pair.serve(Node("iq", ["type": "result", "id": ping]), at: 5_100)
        #expect(try pair.tick(at: 15_000).closeReason == nil)
    }

    @Test func halfDeadConnectionIsNoticedWithinThirtySeconds() {
        #expect(interval.upperBound + ConnectionLimits.answer <= 30_000)
    }

    @Test func clocksAtTheirEndDoNotTrap() throws {
        var pair = try pair()
        #expect(pair.connection.tick(now: .max).closeReason == nil)
        #expect(pair.connection.tick(now: .max).closeReason == .timedOut(.keepalive))
        var other = try self.pair()
        #expect(other.connection.tick(now: .min).isEmpty)
    }
}
