import Model
import Testing
import WhatsApp

@testable import Sandbox

@Suite("Calls, pings and other things that the service sends")
struct CallTests {
    let network: Network
    let client: TestClient
    let address = DeviceAddress(number: "96890000001", device: 1)

    init() throws {
        network = try Network()
        try network.addPhone("96890000001")
        try network.addPhone("96890000002")
        client = TestClient(network)
        try client.pair(with: "96890000001")
        try client.settle()
    }

    private func ring() throws -> (id: String, stanza: Node) {
        let id = try network.change { world, now in try world.call("96890000001", from: "96890000002", video: false, now: now) }
        return (id, try client.take("call"))
    }

    private var status: PhoneCall.Status? { network.world["96890000002"]?.calls.last?.status }

    @Test func aCallRingsAndIsRejected() throws {
        let (id, stanza) = try ring()
        let offer = try #require(stanza.child("offer"))
        #expect(offer.string("call-id") == id)
        #expect(offer.jid("caller_pn")?.user == "96890000002")
        try client.send(client.ack(stanza))
        let caller = try #require(stanza.jid("from"))
        let reject = Node("reject", ["call-id": .text(id), "call-creator": .jid(caller), "count": "0"])
        try client.send(Node("call", ["id": "c1", "to": .jid(caller), "from": .jid(try #require(client.lid).bare)], [reject]))
        #expect(status == .rejected)
        #expect(network.world["96890000002"]?.calls.last?.rejectedBy == "96890000001:1")
        #expect(try client.take("ack").string("class") == "call")
        #expect(!client.inbox.contains { $0.tag == "call" }, "the rejecting device is not told")
        #expect(network.refused == [])
        #expect(throws: ControlError.conflict("the call has ended")) {
            try network.change { world, now in try world.hangUp(id, by: "96890000002", now: now) }
        }
    }

    @Test func aCallIsMissed() throws {
        let (id, stanza) = try ring()
        try client.send(client.ack(stanza))
        try network.change { world, now in try world.hangUp(id, by: "96890000002", now: now) }
        let end = try client.take("call")
        #expect(end.child("terminate")?.string("reason") == "timeout")
        try client.send(client.ack(end))
        #expect(status == .missed)
        #expect(network.refused == [])
    }

    @Test func badRejections() throws {
        let (id, stanza) = try ring()
        let caller = try #require(stanza.jid("from"))
        let own = try #require(client.lid).bare
        func send(_ children: [Node], to: JID) throws { try client.send(Node("call", ["id": "c", "to": .jid(to)], children)) }
        try send([], to: caller)
        try send([Node("accept", ["call-id": .text(id), "call-creator": .jid(caller)])], to: caller)
        try send([Node("reject", ["call-id": .text(id), "call-creator": .jid(own)])], to: caller)
        try send([Node("reject", ["call-creator": .jid(caller)])], to: caller)
        try send([Node("reject", ["call-id": .text(id), "call-creator": .jid(caller)])], to: JID(user: "1", server: .lid))
        #expect(network.refused.count == 5)
        #expect(status == .ringing)
    }

    @Test func pings() throws {
        #expect(network.change { world, _ in world.service.ping(address) })
        let ping = try client.take("iq")
        #expect(ping.string("xmlns") == "urn:xmpp:ping")
        try client.send(Node("iq", ["type": "result", "to": .jid(.service), "id": ping["id"] ?? ""]))
        network.advance(seconds: 30)
        #expect(network.missingAcks == [])
        #expect(network.change { world, _ in world.service.ping(address) })
        network.advance(seconds: 30)
        #expect(network.missingAcks.count == 1)
        try client.send(Node("iq", ["type": "result", "to": .jid(.service), "id": "never asked"]))
        #expect(network.refused.count == 1)
    }

    @Test func dirtyBits() throws {
        #expect(network.change { world, _ in world.service.dirty(address, type: "groups") })
        #expect(try client.take("ib").child("dirty")?.string("type") == "groups")
        client.disconnect()
        #expect(!network.change { world, _ in world.service.dirty(address, type: "groups") })
    }
}
