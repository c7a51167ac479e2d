import Signal
import SwiftProtobuf
import Testing
import WAProto
import WhatsApp

@testable import Sandbox

@Suite struct HostilePayloadTests {
    @Test func registrationsCutAnywhereOrWithAFlippedBit() throws {
        var rng = Randomness.seeded(5)
        let identity = KeyPair.generate(using: &rng)
        let whole = try ClientPayload.registration(
            ClientProfile(deviceName: "Test"), registrationID: 9, identity: identity.publicKey,
            signedPreKey: .generate(id: 1, identity: identity, using: &rng))
        func accepted(_ bytes: [UInt8]) -> Bool {
            guard let payload = try? WAClientPayload(serializedBytes: bytes) else { return false }
            return (try? Registration(payload, noiseKey: [])) != nil
        }
        #expect(accepted(whole))
        for length in 0..<whole.count where accepted(Array(whole.prefix(length))) { #expect(length > whole.count / 2) }
        for index in whole.indices {
            var flipped = whole
            flipped[index] ^= 0x80
            _ = accepted(flipped)
        }
    }

    @Test(arguments: [
        "", "x", QRCode.prefix, QRCode.prefix + ",,,,", QRCode.prefix + "r,AA==,AA==,AA==,1", QRCode.prefix + "r,\u{0},=,%,\u{1F600}",
    ])
    func codes(_ text: String) { #expect(throws: Refusal.self) { try QRCode(parsing: text) } }

    @Test(arguments: ["", "?", "/?%", "/%", "/%zz?%=%", "/a?after=-1", "/a?after=99999999999999999999", "?&&==&"])
    func controlRequests(_ target: String) {
        let request = ControlRequest(method: "GET", target: target, body: [0xFF])
        #expect(throws: ControlError.self) { try request.decode([String: String].self) }
        if target.contains("after") { #expect(throws: ControlError.self) { try request.number("after") } }
    }
}
