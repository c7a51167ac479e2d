import Model
import Testing
import WAProto
import WhatsApp

@testable import Sandbox

@Suite("A restart of the sandbox")
struct StateTests {
    @Test func everythingGoesOnWhereItEnded() throws {
        let network = try Network()
        try network.addPhone("96890000001")
        try network.addPhone("96890000002")
        let client = TestClient(network)
        try client.pair(with: "96890000001")
        try client.settle()
        _ = try client.sendMessage(try client.compose("before", id: "3EB001", to: "96890000002"))
        try client.settle()
        client.disconnect()
        let waiting = try network.change { world, now in try world.send("while away", from: "96890000002", to: "96890000001", now: now) }

        let bytes = try network.world.state.serialized()
        let service = network.world.service
        network.world = World(service: Service(identity: service.identity, rng: .seeded(99), now: network.now))
        network.world.restore(try WorldState(serialized: bytes))
        #expect(network.world.state.stanzaCount == service.stanzaCount)

        try client.login()
        _ = try client.take("success")
        try client.becomeActive()
        let message = try client.take("message")
        #expect(message.string("id") == waiting)
        #expect(try client.decrypt(message).conversation == "while away")
        try client.send(client.receipt(for: message))
        try client.settle()
        #expect(try client.sendMessage(try client.compose("after", id: "3EB002", to: "96890000002")).string("error") == nil)
        #expect(network.world["96890000002"]?.messages.map(\.text) == ["before", "while away", "after"])
        #expect(network.refused == [])
    }

    @Test func anotherFormIsRefused() throws {
        #expect(throws: WorldState.Failure.self) { try WorldState(serialized: Array(#"{"format":1}"#.utf8)) }
        #expect(throws: (any Error).self) { try WorldState(serialized: Array("{".utf8)) }
        #expect(throws: (any Error).self) {
            try WorldState(serialized: Array(#"{"format":3,"accounts":[{}],"phones":[],"groups":[],"channels":[],"stanzaCount":0}"#.utf8))
        }
    }
}
