import CryptoPrimitives
import Foundation
import Model
import Signal
import Testing

@testable import WhatsApp

/// Against Tests/Vectors/pairing.json, `pair_code`.
@Suite struct LinkCodeTests {
    private struct Vector: Decodable {
        struct Base32: Decodable { let bytes, code: String }
        let base32: [Base32]
        let display: String
        let companion_ephemeral_priv, salt, iv, wrapped_companion_ephemeral: String
        let wrapped_primary_ephemeral, primary_ephemeral_pub: String
        let companion_identity_priv, primary_identity_pub: String
        let bundle_salt, bundle_iv, adv_random, wrapped_key_bundle, adv_secret: String
    }

    private struct File: Decodable { let pair_code: Vector }

    private let vector: Vector
    private let phone = JID(user: "96890000001", server: .phoneNumber)

    init() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Vectors/pairing.json")
        vector = try JSONDecoder().decode(File.self, from: Data(contentsOf: path)).pair_code
    }

    private func bytes(_ hex: String) throws -> [UInt8] { try #require(Hex.decode(hex)) }

    private func pairing() throws -> LinkCodePairing {
        try LinkCodePairing(
            phone: phone, code: try #require(LinkCode(typed: vector.display)),
            ephemeral: try KeyPair(privateKey: bytes(vector.companion_ephemeral_priv)), salt: bytes(vector.salt), iv: bytes(vector.iv))
    }

    private func answer(reference: [UInt8] = [1, 2], wrapped: [UInt8]) throws -> Node {
        Node(
            "notification", ["type": "link_code_companion_reg", "id": "1", "from": .jid(.service)],
            [
                Node(
                    "link_code_companion_reg", ["stage": "primary_hello"],
                    [
                        Node("link_code_pairing_ref", bytes: reference),
                        Node("link_code_pairing_wrapped_primary_ephemeral_pub", bytes: wrapped),
                        Node("primary_identity_pub", bytes: try bytes(vector.primary_identity_pub)),
                    ])
            ])
    }

    @Test func codesAreBase32() throws {
        for pair in vector.base32 { #expect(LinkCode(bytes: try bytes(pair.bytes))?.text == pair.code) }
        #expect(LinkCode(bytes: [1, 2, 3, 4]) == nil)
        #expect(LinkCode(typed: vector.display)?.display == vector.display)
        #expect(LinkCode(typed: vector.display.lowercased())?.display == vector.display)
        for bad in ["", "ABCD-EFG", "ABCD-EFGHJ", "ABCD-EFG0", "ABCD-EFGI", "ABCD-EFGÄ"] { #expect(LinkCode(typed: bad) == nil) }
    }

    @Test func helloCarriesTheWrappedKey() throws {
        let query = try pairing().hello(noiseKey: try #require(PublicKey(raw: bytes(vector.primary_identity_pub))))
        let content = try #require(query.content.first)
        #expect(content.child("link_code_pairing_wrapped_companion_ephemeral_pub")?.bytes == (try bytes(vector.wrapped_companion_ephemeral)))
        #expect(content.string("stage") == "companion_hello" && content.jid("jid") == phone)
        #expect(content.child("companion_platform_id")?.text == "1")
    }

    @Test func finishAgreesWithThePhone() throws {
        var pairing = try pairing()
        pairing.reference = [1, 2]
        let answer = try #require(LinkCodeAnswer(try answer(wrapped: bytes(vector.wrapped_primary_ephemeral))))
        #expect(try pairing.code.unwrap(answer.wrappedEphemeral) == (try bytes(vector.primary_ephemeral_pub)))
        let (secret, query) = try pairing.finish(
            answer, identity: try KeyPair(privateKey: bytes(vector.companion_identity_priv)), bundleSalt: bytes(vector.bundle_salt),
            bundleNonce: bytes(vector.bundle_iv), secretPart: bytes(vector.adv_random))
        #expect(secret == (try bytes(vector.adv_secret)))
        #expect(query.content.first?.child("link_code_pairing_wrapped_key_bundle")?.bytes == (try bytes(vector.wrapped_key_bundle)))
    }

    @Test func otherReferencesAndShapesAreRefused() throws {
        var pairing = try pairing()
        let identity = try KeyPair(privateKey: bytes(vector.companion_identity_priv))
        var random = SystemRandomNumberGenerator()
        let good = try #require(LinkCodeAnswer(try answer(wrapped: bytes(vector.wrapped_primary_ephemeral))))
        #expect(throws: PairingError.self) { try pairing.finish(good, identity: identity, using: &random) }
        pairing.reference = [9]
        #expect(throws: PairingError.self) { try pairing.finish(good, identity: identity, using: &random) }
        for length in [0, 1, 79, 81] {
            #expect(LinkCodeAnswer(try answer(wrapped: [UInt8](repeating: 1, count: length))) == nil)
        }
        #expect(LinkCodeAnswer(Node("notification")) == nil)
        #expect(throws: StanzaError.self) { try LinkCodePairing.reference(in: Node("iq", ["type": "result", "id": "1"])) }
        #expect(throws: StanzaError.self) { try LinkCodePairing.reference(in: Node("iq", ["type": "error", "id": "1"])) }
    }
}
