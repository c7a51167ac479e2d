import CryptoPrimitives
import Foundation
import Model
import Signal
import Testing

@testable import WhatsApp

/// Against Tests/Vectors/pairing.json, `passkey`.
@Suite struct PasskeyTests {
    private struct Vector: Decodable {
        let device_type: Int32
        let ref, companion_ephemeral_priv, companion_nonce, prologue_payload, handoff_key, pairing_handoff_proof: String
        let primary_ephemeral_identity, verification_code, encryption_key, pairing_request, iv, encrypted_pairing_request: String
    }

    private struct File: Decodable { let passkey: Vector }

    private let vector: Vector

    init() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Vectors/pairing.json")
        vector = try JSONDecoder().decode(File.self, from: Data(contentsOf: path)).passkey
    }

    private func bytes(_ hex: String) throws -> [UInt8] { try #require(Hex.decode(hex)) }

    private func pairing() throws -> PasskeyPairing {
        PasskeyPairing(
            reference: vector.ref, deviceType: vector.device_type,
            ephemeral: try KeyPair(privateKey: bytes(vector.companion_ephemeral_priv)), nonce: try bytes(vector.companion_nonce))
    }

    private func answer(_ identity: [UInt8]) -> Node {
        Node(
            "notification", ["type": .text(PasskeyPairing.continuation), "id": "1", "from": .jid(.service)],
            [Node("primary_ephemeral_identity", bytes: identity)])
    }

    @Test func thePrologueCommitsToTheNonce() throws {
        let query = try pairing().prologue(credentialID: [1], assertion: [2], handoffKey: bytes(vector.handoff_key))
        let prologue = try #require(query.content.first)
        #expect(prologue.tag == "passkey_prologue")
        #expect(prologue.child("prologue_payload")?.bytes == (try bytes(vector.prologue_payload)))
        #expect(prologue.child("pairing_handoff_proof")?.bytes == (try bytes(vector.pairing_handoff_proof)))
        #expect(prologue.child("credential_id")?.bytes == [1])
        #expect(prologue.child("webauthn_assertion")?.bytes == [2])
        let alone = try pairing().prologue(credentialID: [1], assertion: [2], handoffKey: nil)
        #expect(alone.content.first?.child("pairing_handoff_proof") == nil)
        #expect(try pairing().nonceQuery.content.first?.bytes == (try bytes(vector.companion_nonce)))
    }

    @Test func bothSidesComeToTheSameCodeAndKey() throws {
        let agreement = try pairing().agree(with: answer(bytes(vector.primary_ephemeral_identity)))
        #expect(agreement.code.text == vector.verification_code)
        #expect(agreement.key == (try bytes(vector.encryption_key)))
        // Fields 1 to 3 of 32 bytes each.
        let plain = try bytes(vector.pairing_request)
        let query = try agreement.request(
            noiseKey: try #require(PublicKey(raw: Array(plain[2..<34]))), identity: try #require(PublicKey(raw: Array(plain[36..<68]))),
            secret: Array(plain[70..<102]), iv: bytes(vector.iv))
        #expect(query.content.first?.tag == "encrypted_pairing_request")
        #expect(query.content.first?.bytes == (try bytes(vector.encrypted_pairing_request)))
    }

    @Test func answersThatAreNone() throws {
        let good = try bytes(vector.primary_ephemeral_identity)
        let zeroKey: [UInt8] = [0x0A, 0x20] + [UInt8](repeating: 0, count: 32) + Array(good.suffix(34))
        let bads: [[UInt8]] = [[], [0xFF], Array(good.dropLast()), Array(good.prefix(34)), zeroKey]
        for bad in bads {
            #expect(throws: PairingError.self) { try pairing().agree(with: answer(bad)) }
        }
        #expect(throws: PairingError.self) { try pairing().agree(with: Node("notification")) }
        for bad: [UInt8] in [[], [0xFF, 0xFE], Array("[]".utf8), [UInt8](repeating: 0x7B, count: 70_000)] {
            let node = Node("notification", [:], [Node("passkey_request_options", bytes: bad)])
            #expect(throws: StanzaError.self) { try PasskeyPairing.options(in: node) }
        }
        #expect(throws: StanzaError.self) { try PasskeyPairing.options(in: Node("notification")) }
        #expect(throws: StanzaError.self) { try PasskeyPairing.reference(in: Node("iq", ["type": "result"])) }
    }

    @Test func whatTheServiceSays() throws {
        let node = Node("notification", [:], [Node("passkey_request_options", bytes: Array(#"{"rpId":"whatsapp.com"}"#.utf8))])
        #expect(try PasskeyPairing.options(in: node) == #"{"rpId":"whatsapp.com"}"#)
        #expect(try PasskeyPairing.reference(in: Node("iq", ["type": "result"], [Node("ref", bytes: Array("2@x".utf8))])) == "2@x")
    }

    /// Anybody may send notifications; only the service says what an account asks for.
    @Test func onlyTheServiceAsksForAPasskey() {
        let asked = Node("notification", ["type": "passkey_prologue_request", "id": "1", "from": "s.whatsapp.net"])
        #expect(ServiceNotification(asked, own: nil) == .passkeyRequired)
        let other = Node("notification", ["type": "passkey_prologue_request", "id": "1", "from": "96890000002@s.whatsapp.net"])
        #expect(ServiceNotification(other, own: nil) == .other(type: "passkey_prologue_request"))
    }
}
