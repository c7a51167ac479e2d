import CryptoPrimitives
import Model
import Signal
import Testing
import WhatsApp

@testable import Sandbox

@Suite("What the service and a phone refuse while pairing")
struct PairingTests {
    let network: Network
    let client: TestClient
    let number = "96890000001"

    init() throws {
        network = try Network()
        try network.addPhone(number)
        client = TestClient(network)
        try client.connectForPairing()
    }

    private func scan(_ code: String) throws -> DeviceAddress {
        try network.change { world, now in try world.scan(code, by: number, now: now) }
    }

    private func parts(_ change: (inout [String]) -> Void) throws -> String {
        var parts = try client.code().split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        change(&parts)
        return parts.joined(separator: ",")
    }

    @Test(arguments: [
        "", "hello", "2@abc,a,b,c,1", "https://wa.me/settings/linked_devices#a,b,c,d", "https://wa.me/settings/linked_devices#a,b,c,d,1",
        "https://wa.me/settings/linked_devices#" + String(repeating: ",", count: 4),
    ])
    func aTextThatIsNoCode(_ text: String) {
        #expect(throws: ControlError.self) { try scan(text) }
    }

    @Test func aCodeOfTheOldForm() throws {
        let old = try parts { $0.removeLast() }
        #expect(throws: ControlError.conflict("the code has 4 parts, not 5")) { try scan(old) }
    }

    @Test func aCodeOfAnUnknownClientType() throws {
        let code = try parts { $0[4] = "x" }
        #expect(throws: ControlError.conflict("client type x is unknown")) { try scan(code) }
    }

    @Test func aCodeWithAnotherNoiseKey() throws {
        let code = try parts { $0[1] = Base64.encode([UInt8](repeating: 9, count: 32)) }
        #expect(throws: ControlError.conflict("the code's Noise key is not the connection's")) { try scan(code) }
    }

    @Test func aCodeWithAnotherIdentity() throws {
        let code = try parts { $0[2] = Base64.encode([UInt8](repeating: 9, count: 32)) }
        #expect(throws: ControlError.conflict("the code's identity is not the registered one")) { try scan(code) }
    }

    @Test func aRefIsGoodForItsWindowOnly() throws {
        let code = try client.code()
        network.advance(seconds: 71)
        #expect(throws: ControlError.conflict("the ref has run out")) { try scan(code) }
    }

    @Test func theRefsRunOutAfter160Seconds() throws {
        _ = try client.code()
        network.advance(seconds: 165)
        #expect(!client.isClosed)
        network.advance(seconds: 6)
        #expect(client.isClosed)
    }

    @Test func aCodeIsScannedOnce() throws {
        let code = try client.code()
        _ = try scan(code)
        #expect(throws: ControlError.conflict("the code was already scanned")) { try scan(code) }
    }

    @Test func aPhoneThatIsOffScansNothing() throws {
        let code = try client.code()
        try network.change { world, now in try world.setOnline(false, number, now: now) }
        #expect(throws: ControlError.conflict("phone \(number) is off")) { try scan(code) }
    }

    @Test func aFifthDeviceIsRefused() throws {
        client.disconnect()
        for seed in 20..<24 { try TestClient(network, seed: UInt64(seed)).pair(with: number) }
        let fifth = TestClient(network, seed: 30)
        try fifth.connectForPairing()
        let code = try fifth.code()
        #expect(throws: ControlError.conflict("\(number) has 4 linked devices already")) { try scan(code) }
    }

    @Test func aCodeWithAnotherSecretFailsAtTheClient() throws {
        let code = try parts { $0[3] = Base64.encode([UInt8](repeating: 9, count: 32)) }
        let device = try scan(code)
        let success = try client.take("iq") { $0.child("pair-success") != nil }
        let pairing = try PairSuccess(success)
        #expect(throws: PairingError.hmacMismatch) {
            try pairing.accept(identity: client.identity, secret: client.advSecret, randomness: [UInt8](repeating: 1, count: 64))
        }
        try client.send(pairing.refusal(.hmacMismatch))
        #expect(network.world.service.outcomes[device] == .failed("the service closed the connection"))
        #expect(client.isClosed)
        #expect(network.refused.contains { $0.contains("hmac-mismatch") })
    }

    @Test(arguments: SpoiledAnswer.allCases)
    func anAnswerThatIsNotRight(_ spoiled: SpoiledAnswer) throws {
        let device = try scan(try client.code())
        try client.acceptPairing { spoiled.apply(&$0) }
        #expect(network.world.service[device] == nil)
        #expect(network.refused.contains { $0.contains(spoiled.reason) })
        guard case .failed = network.world.service.outcomes[device] else {
            Issue.record("the scan did not fail")
            return
        }
        network.advance(seconds: 3)
        #expect(client.isClosed)
    }

    @Test func aRefreshAsksForANewSecret() throws {
        let code = try client.code()
        try network.change { world, now in try world.refresh(code, by: number, now: now) }
        let notification = try client.take("notification")
        #expect(notification.string("type") == "companion_reg_refresh")
        let fresh = try newSecret(in: code)
        #expect(throws: ControlError.conflict("the client has not acknowledged the refresh")) { try scan(fresh) }
        try client.send(client.ack(notification))
        #expect(throws: ControlError.conflict("the code was refreshed: the client still shows the old secret")) { try scan(code) }
        let device = try scan(fresh)
        try client.acceptPairing()
        #expect(network.world.service.outcomes[device] == .paired(device))
    }

    private func newSecret(in code: String) throws -> String {
        client.advSecret = [UInt8](repeating: 5, count: 32)
        var parts = code.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        try #require(parts.count == 5)
        parts[3] = Base64.encode(client.advSecret)
        return parts.joined(separator: ",")
    }

    @Test func noAnswerEndsTheConnection() throws {
        let device = try scan(try client.code())
        network.advance(seconds: 21)
        #expect(client.isClosed)
        #expect(network.world.service.outcomes[device] == .failed("the service closed the connection"))
    }

    @Test func theKeyIndexListIsSignedByThePhone() throws {
        let pairing = TestClient(network, seed: 9)
        try pairing.pair(with: number)
        let account = try #require(network.world.service.accounts[number])
        let bytes = try #require(account.keyIndexList?.bytes)
        let list = try KeyIndexList(bytes, accountKey: account.identity)
        #expect(list.validIndexes == [0, 1])
        try network.change { world, now in try world.unlink(1, of: number, now: now) }
        let after = try #require(network.world.service.accounts[number]?.keyIndexList?.bytes)
        #expect(try KeyIndexList(after, accountKey: account.identity).validIndexes == [0])
    }
}

/// Answers to pair-success that a careless client might give.
enum SpoiledAnswer: CaseIterable, Sendable {
    case wrongKeyIndex, accountKeyLeftIn, wrongSignature, garbage, noContent

    var reason: String {
        switch self {
        case .wrongKeyIndex: "key-index is not 1"
        case .accountKeyLeftIn: "carries the account key"
        case .wrongSignature: "device signature does not verify"
        case .garbage: "device-identity is unreadable"
        case .noContent: "lacks pair-device-sign"
        }
    }

    func apply(_ answer: inout Node) {
        var identity = answer.child("pair-device-sign")?.child("device-identity") ?? Node("device-identity")
        let bytes = identity.bytes ?? []
        switch self {
        case .wrongKeyIndex: identity["key-index"] = "2"
        // Field 2, 32 bytes.
        case .accountKeyLeftIn: identity.content = .bytes(bytes + [0x12, 32] + [UInt8](repeating: 1, count: 32))
        case .wrongSignature:
            var changed = bytes
            changed[changed.count - 5] ^= 1
            identity.content = .bytes(changed)
        case .garbage: identity.content = .bytes([0xFF, 0xFF, 0xFF])
        case .noContent:
            answer.content = nil
            return
        }
        answer.content = .nodes([Node("pair-device-sign", [:], [identity])])
    }
}
