import CryptoPrimitives
import Model
import Signal
import SwiftProtobuf
import Testing
import WAProto
@testable import WhatsApp

@Suite struct ClientPayloadTests {
    private struct Vectors: Decodable {
        struct Registration: Decodable {
            let registration_id: UInt32, identity_pub: String, signed_prekey_id: UInt32, signed_prekey_pub: String
            let signed_prekey_signature_message: String, signed_prekey_signature: String, payload: String
        }
        struct Login: Decodable { let username: UInt64, device: UInt16, payload: String }
        let version: String, build_hash: String, device_props: String, user_agent: String
        let registration: Registration, login: Login
    }

    private let vectors: Vectors
    private let profile: ClientProfile

    init() throws {
        vectors = try VectorFile.decode(Vectors.self, from: "client-payload.json")
        profile = ClientProfile(version: try #require(ClientVersion(parsing: vectors.version)), deviceName: "Swift client")
    }

    @Test func version() {
        #expect(profile.version == .builtIn)
        #expect(profile.version.description == vectors.version)
        #expect(Hex.encode(profile.version.buildHash) == vectors.build_hash)
        for text in ["", "2.3000", "2.3000.", "2.3000.1.1", "2.3000.-1", "2.3000.4294967296", "a.b.c", "2.3000.+1"] {
            #expect(ClientVersion(parsing: text) == nil, "\(text)")
        }
    }

    @Test func deviceProps() throws {
        #expect(Hex.encode(try ClientPayload.serialize(ClientPayload.deviceProps(profile))) == vectors.device_props)
    }

    @Test func registration() throws {
        let vector = vectors.registration
        let identity = try #require(PublicKey(raw: bytes(vector.identity_pub)))
        let signedPreKey = try #require(PublicKey(raw: bytes(vector.signed_prekey_pub)))
        let signature = try bytes(vector.signed_prekey_signature)
        #expect(identity.verifies(signature, of: signedPreKey.typed))
        let payload = try ClientPayload.registration(
            profile, registrationID: vector.registration_id, identity: identity, signedPreKeyID: vector.signed_prekey_id,
            signedPreKey: signedPreKey, signature: signature)
        #expect(Hex.encode(payload) == vector.payload)
        let agent = try WAClientPayload(serializedBytes: payload).userAgent
        #expect(Hex.encode(try agent.serializedBytes()) == vectors.user_agent)
    }

    @Test func registrationTakesAWholePreKey() throws {
        var rng = Jitter(seed: 1)
        let identity = KeyPair.generate(using: &rng)
        let preKey = SignedPreKey.generate(id: 0xABCDEF, identity: identity, using: &rng)
        let payload = try ClientPayload.registration(
            profile, registrationID: 0x0102_0304, identity: identity.publicKey, signedPreKey: preKey)
        let data = try WAClientPayload(serializedBytes: payload).devicePairingData
        #expect(data.eSkeyID.array == [0xAB, 0xCD, 0xEF] && data.eRegid.array == [1, 2, 3, 4])
        #expect(identity.publicKey.verifies(data.eSkeySig.array, of: [5] + data.eSkeyVal.array))
    }

    @Test func login() throws {
        let jid = JID(user: String(vectors.login.username), server: .phoneNumber, device: vectors.login.device)
        #expect(Hex.encode(try ClientPayload.login(profile, jid: jid)) == vectors.login.payload)
    }

    @Test func onlyPhoneNumbersLogIn() {
        for jid in [JID(user: "100000000000001", server: .lid), JID(user: "x", server: .phoneNumber), .service] {
            #expect(throws: LoginError.noPhoneNumber) { try ClientPayload.login(profile, jid: jid) }
        }
    }
}
