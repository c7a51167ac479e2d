import CryptoPrimitives
import Signal
import Testing
@testable import WhatsApp

@Suite struct NoiseVectorTests {
    /// A handshake with the real service, as far as the client's side was logged.
    @Test func liveTranscript() throws {
        let vector = try NoiseVectors.load().live_transcript
        let ephemeral = try KeyPair(privateKey: bytes(vector.client_eph_priv))
        var state = NoiseSymmetricState(name: NoiseProtocol.xx, prologue: ConnectionHeader.bytes)
        #expect(Hex.encode(state.hash) == vector.hash_after_prologue)
        state.mixHash(ephemeral.publicKey.bytes)
        #expect(Hex.encode(state.hash) == vector.hash_after_auth_client_eph)
        let serverEphemeral = try bytes(vector.server_eph_pub)
        state.mixHash(serverEphemeral)
        #expect(Hex.encode(state.hash) == vector.hash_after_auth_server_eph)
        state.mixKey(try ephemeral.agree(with: serverEphemeral, in: .serverHello))
        #expect(Hex.encode(state.chainingKey) == vector.salt_after_mix_1)
        let serverStatic = try state.decrypt(bytes(vector.ciphertext_for_decrypt_1), as: .serverStatic)
        #expect(Hex.encode(serverStatic) == vector.plaintext_from_decrypt_1)
        #expect(Hex.encode(state.hash) == vector.hash_after_decrypt_1)
        state.mixKey(try ephemeral.agree(with: serverStatic, in: .serverHello))
        #expect(Hex.encode(state.chainingKey) == vector.salt_after_mix_2)
        let chain = try state.decrypt(bytes(vector.ciphertext_for_decrypt_2), as: .certificate)
        #expect(Hex.encode(chain) == vector.plaintext_from_decrypt_2)
        #expect(Hex.encode(state.hash) == vector.hash_after_decrypt_2)
    }

    @Test func generatedHandshakeAsClient() throws {
        let vectors = try NoiseVectors.load()
        let vector = vectors.generated
        var handshake = NoiseClientHandshake(
            staticKey: try vector.clientStatic, ephemeral: try vector.clientEphemeral, rootKey: try bytes(vector.test_root_pub))
        let hello = try handshake.start()
        #expect(Hex.encode(hello) == vector.client_hello)
        var (finish, transport) = try handshake.received(
            serverHello: bytes(vector.server_hello), clientPayload: bytes(vector.client_payload), now: NoiseVectors.now)
        #expect(Hex.encode(finish) == vector.client_finish)
        for frame in vectors.transport {
            if frame.direction == "client->server" {
                let sealed = try transport.encrypt(bytes(frame.plaintext))
                #expect(Hex.encode(sealed) == frame.ciphertext)
                #expect(Hex.encode(try Frame.encode(sealed)) == frame.frame)
            } else {
                #expect(try transport.decrypt(bytes(frame.ciphertext)) == bytes(frame.plaintext))
            }
        }
        #expect(vectors.transport.count == 4)
    }

    @Test func generatedHandshakeAsServer() throws {
        let vectors = try NoiseVectors.load()
        let vector = vectors.generated
        var handshake = NoiseServerHandshake(
            staticKey: try vector.serverStatic, ephemeral: try vector.serverEphemeral, certificates: try bytes(vector.cert_chain))
        let hello = try handshake.received(clientHello: bytes(vector.client_hello))
        #expect(Hex.encode(hello) == vector.server_hello)
        let accepted = try handshake.received(clientFinish: bytes(vector.client_finish))
        #expect(Hex.encode(accepted.clientStatic) == vector.client_static_pub)
        #expect(Hex.encode(accepted.payload) == vector.client_payload)
        var transport = accepted.transport
        for frame in vectors.transport {
            if frame.direction == "client->server" {
                #expect(try transport.decrypt(bytes(frame.ciphertext)) == bytes(frame.plaintext))
            } else {
                #expect(Hex.encode(try transport.encrypt(bytes(frame.plaintext))) == frame.ciphertext)
            }
        }
    }

    @Test func firstBytesOnTheWire() throws {
        let vectors = try NoiseVectors.load()
        let frame = try Frame.encode(bytes(vectors.generated.client_hello))
        #expect(Hex.encode(ConnectionHeader.bytes) == vectors.prologue)
        #expect(Hex.encode(ConnectionHeader.encode() + frame) == vectors.wire.first_bytes_without_routing)
        let routed = ConnectionHeader.encode(routingInfo: try bytes(vectors.wire.routing_info)) + frame
        #expect(Hex.encode(routed) == vectors.wire.first_bytes_with_routing)
        #expect(Hex.encode(try Frame.encode(bytes(vectors.generated.client_finish))) == vectors.wire.second_client_frame)
    }

    /// The resumption pattern is not used; its vectors prove the symmetric state with another name and order.
    @Test func resumptionPattern() throws {
        let vectors = try NoiseVectors.load()
        let (vector, keys) = (vectors.generated_ik, vectors.generated)
        let (client, ephemeral) = (try keys.clientStatic, try keys.clientEphemeral)
        let (server, serverEphemeral) = (try keys.serverStatic.publicKey.bytes, try keys.serverEphemeral.publicKey.bytes)
        var state = NoiseSymmetricState(name: "Noise_IK_25519_AESGCM_SHA256", prologue: ConnectionHeader.bytes)
        state.mixHash(server)
        #expect(Hex.encode(state.hash) == vector.h_before_client_ephemeral)
        state.mixHash(ephemeral.publicKey.bytes)
        state.mixKey(try ephemeral.agree(with: server, in: .clientHello))
        #expect(Hex.encode(try state.encrypt(client.publicKey.bytes)) == vector.encrypted_static)
        state.mixKey(try client.agree(with: server, in: .clientHello))
        #expect(Hex.encode(try state.encrypt(bytes(keys.client_payload))) == vector.encrypted_payload)
        state.mixHash(serverEphemeral)
        state.mixKey(try ephemeral.agree(with: serverEphemeral, in: .serverHello))
        state.mixKey(try client.agree(with: serverEphemeral, in: .serverHello))
        #expect(Hex.encode(try state.decrypt(bytes(vector.encrypted_certificate), as: .certificate)) == keys.cert_chain)
        let split = state.split()
        #expect(Hex.encode(split.clientToServer) == vector.write_key)
        #expect(Hex.encode(split.serverToClient) == vector.read_key)
    }

    @Test func namesLongerThanAHashAreHashed() throws {
        let vectors = try NoiseVectors.load()
        let vector = vectors.generated_xxfallback_start
        var state = NoiseSymmetricState(name: vector.name, prologue: ConnectionHeader.bytes)
        #expect(Hex.encode(state.chainingKey) == vector.ck0)
        #expect(Hex.encode(state.hash) == vector.h_after_prologue)
        state.mixHash(try vectors.generated.clientEphemeral.publicKey.bytes)
        #expect(Hex.encode(state.hash) == vector.h_after_client_ephemeral)
    }
}
