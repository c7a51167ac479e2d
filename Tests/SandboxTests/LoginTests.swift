import FoundationEssentials
import Model
import Signal
import SwiftProtobuf
import Testing
import WAProto
import WhatsApp

@testable import Sandbox

@Suite("Registration and login payloads")
struct LoginTests {
    let network: Network
    let client: TestClient

    init() throws {
        network = try Network()
        try network.addPhone("96890000001")
        client = TestClient(network)
    }

    private func registration(_ change: (inout WAClientPayload) -> Void) throws -> String? {
        let bytes = try ClientPayload.registration(
            client.profile, registrationID: 4_711, identity: client.identity.publicKey, signedPreKey: client.signedPreKey)
        return try failure(bytes, change)
    }

    private func failure(_ bytes: [UInt8], _ change: (inout WAClientPayload) -> Void) throws -> String? {
        var payload = try WAClientPayload(serializedBytes: bytes)
        change(&payload)
        try client.connect(try payload.serializedBytes())
        return client.inbox.first { $0.tag == "failure" }?.string("reason")
    }

    @Test func registrationIsTakenAsItIs() throws {
        #expect(try registration { _ in } == nil)
        #expect(client.inbox.first?.child("pair-device")?.children.count == 6)
    }

    @Test func oldVersionsAreOutdated() throws {
        #expect(try registration { $0.userAgent.appVersion.tertiary = 1_000_000_000 } == "405")
        #expect(try registration { $0.userAgent.appVersion.secondary = 2_999 } == "405")
        // A new version with the hash of another one.
        #expect(try registration { $0.userAgent.appVersion.tertiary += 1 } == "405")
        #expect(try registration { $0.devicePairingData.buildHash = Data([1, 2, 3]) } == "405")
        network.advance(seconds: 1)
        #expect(client.isClosed)
    }

    @Test func badUserAgents() throws {
        #expect(try registration { $0.userAgent.platform = .android } == "409")
        #expect(try registration { $0.userAgent.phoneID = "x" } == "409")
        #expect(try registration { $0.clearWebInfo() } == "409")
    }

    @Test func badRegistrations() throws {
        #expect(try registration { $0.passive = true } == "400")
        #expect(try registration { $0.clearPassive() } == "400")
        #expect(try registration { $0.clearPull() } == "400")
        #expect(try registration { $0.device = 1 } == "400")
        #expect(try registration { $0.clearDevicePairingData() } == "400")
        #expect(try registration { $0.devicePairingData.eRegid = Data([0, 0, 0, 0]) } == "400")
        #expect(try registration { $0.devicePairingData.eRegid = Data([1, 2, 3]) } == "400")
        #expect(try registration { $0.devicePairingData.eKeytype = Data([6]) } == "400")
        #expect(try registration { $0.devicePairingData.eIdent = Data([5]) } == "400")
        #expect(try registration { $0.devicePairingData.eSkeyID = Data([0, 0, 0, 1]) } == "400")
        #expect(try registration { $0.devicePairingData.eSkeySig = Data(repeating: 1, count: 64) } == "400")
        #expect(try registration { $0.devicePairingData.deviceProps = Data([0xFF]) } == "400")
    }

    private func login(_ jid: String, _ change: (inout WAClientPayload) -> Void = { _ in }) throws -> String? {
        try failure(try ClientPayload.login(client.profile, jid: try #require(JID(parsing: jid))), change)
    }

    @Test func strangersAreLoggedOut() throws {
        #expect(try login("96890000009:1@s.whatsapp.net") == "401")
        #expect(try login("96890000001:1@s.whatsapp.net") == "401")
        try client.pair(with: "96890000001")
        let thief = TestClient(network, seed: 99)
        thief.jid = client.jid
        try thief.login()
        #expect(thief.inbox.first?.string("reason") == "401")
        #expect(!client.isClosed)
    }

    @Test func badLogins() throws {
        #expect(try login("96890000001:1@s.whatsapp.net") { $0.clearPassive() } == "400")
        #expect(try login("96890000001:1@s.whatsapp.net") { $0.pull = false } == "400")
        #expect(try login("96890000001:1@s.whatsapp.net") { $0.device = 0 } == "400")
        #expect(try login("96890000001:1@s.whatsapp.net") { $0.device = 70_000 } == "400")
        #expect(try login("96890000001:1@s.whatsapp.net") { $0.userAgent.appVersion.tertiary = 5 } == "405")
    }

    @Test func whoIsNotPassiveGetsTheQueueAtOnce() throws {
        try client.pair(with: "96890000001")
        client.disconnect()
        var payload = try WAClientPayload(
            serializedBytes: ClientPayload.login(client.profile, jid: try #require(client.jid)))
        payload.passive = false
        try client.connect(try payload.serializedBytes())
        _ = try client.take("success")
        #expect(try client.take("ib").child("offline_preview") != nil)
        #expect(try client.query("passive", "set", [Node("active")]).string("type") == "result")
        #expect(!client.inbox.contains { $0.child("offline_preview") != nil })
    }

    @Test func successNamesTheOwnLID() throws {
        try client.pair(with: "96890000001")
        client.disconnect()
        try client.login()
        let success = try client.take("success")
        #expect(success.jid("lid") == client.lid)
        #expect(success.uint("t") == UInt64(network.now.seconds))
    }

    @Test func aSecondLoginReplacesTheFirst() throws {
        try client.pair(with: "96890000001")
        let first = try #require(client.connection)
        // The same seed makes the same keys.
        let copy = TestClient(network)
        copy.jid = client.jid
        try copy.login()
        _ = try copy.take("success")
        #expect(try client.take("stream:error").child("conflict")?.string("type") == "replaced")
        network.advance(seconds: 1)
        #expect(client.isClosed && !copy.isClosed)
        #expect(network.world.service.connections[first] == nil)
        #expect(network.world.service.online.count == 1)
    }

    @Test func handshakeInPieces() throws {
        try client.connect(
            ClientPayload.registration(
                client.profile, registrationID: 4_711, identity: client.identity.publicKey, signedPreKey: client.signedPreKey), pieces: 1)
        #expect(client.inbox.first?.child("pair-device") != nil)
    }

    @Test func aSilentClientIsCutOff() throws {
        try client.pair(with: "96890000001")
        network.advance(seconds: 179)
        #expect(!client.isClosed)
        _ = try client.query("w:p", "get", [])
        network.advance(seconds: 179)
        #expect(!client.isClosed)
        network.advance(seconds: 2)
        #expect(client.isClosed)
    }

    @Test func aHandshakeThatStallsIsEnded() throws {
        let id = network.open(client)
        network.write([0x57, 0x41], on: id)
        network.advance(seconds: 21)
        #expect(network.world.service.connections[id] == nil)
    }
}
