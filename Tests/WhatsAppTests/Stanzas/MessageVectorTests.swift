import CryptoPrimitives
import Model
import Testing

@testable import WhatsApp

/// The parts of `messages.json` that concern stanzas.
private struct MessageVectors: Decodable {
    struct PHash: Decodable { let devices: [String], phash: String }
    struct ID: Decodable { let unix_seconds: Int64, user: String, random16: HexText, id: String }
    struct Digest: Decodable {
        let identity_pub, signed_prekey_pub, signed_prekey_signature, sha1: HexText
        let prekey_pubs: [HexText]
    }
    let phash: [PHash]
    let message_id: ID
    let prekey_digest: Digest
}

@Suite struct MessageVectorTests {
    @Test func participantHash() throws {
        let vectors = try readVectors("messages.json", as: MessageVectors.self).phash
        #expect(vectors.count == 4)
        for vector in vectors {
            // The vectors spell the agent ("user.0:device@server"), which our parser drops.
            let devices = try vector.devices.map { try #require(JID(parsing: $0)) }
            #expect(ParticipantHash.make(devices) == vector.phash)
            #expect(ParticipantHash.make(devices.reversed()) == vector.phash)
        }
    }

    @Test func messageID() throws {
        let vector = try readVectors("messages.json", as: MessageVectors.self).message_id
        #expect(MessageID.make(unixSeconds: vector.unix_seconds, user: vector.user, random: vector.random16.bytes) == vector.id)
    }

    @Test func preKeyDigest() throws {
        let vector = try readVectors("messages.json", as: MessageVectors.self).prekey_digest
        let hash = PreKeyDigest.hash(
            identity: vector.identity_pub.bytes, signedPreKey: vector.signed_prekey_pub.bytes,
            signature: vector.signed_prekey_signature.bytes, preKeys: vector.prekey_pubs.map(\.bytes))
        #expect(hash == vector.sha1.bytes)
    }
}
