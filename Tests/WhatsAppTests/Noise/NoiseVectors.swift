import Signal
@testable import WhatsApp

/// The contents of `noise.json`.
struct NoiseVectors: Decodable {
    struct Live: Decodable {
        let client_eph_priv: String, client_eph_pub: String, hash_after_prologue: String, hash_after_auth_client_eph: String
        let server_eph_pub: String, hash_after_auth_server_eph: String, salt_after_mix_1: String, ciphertext_for_decrypt_1: String
        let plaintext_from_decrypt_1: String, hash_after_decrypt_1: String, salt_after_mix_2: String
        let ciphertext_for_decrypt_2: String, plaintext_from_decrypt_2: String, hash_after_decrypt_2: String
    }
    struct LiveCertificate: Decodable {
        struct Details: Decodable { let serial: UInt32, issuerSerial: UInt32, key: String, notBefore: UInt64, notAfter: UInt64 }
        let root_key: String, chain: String, leaf_details: String, intermediate_details: String
        let leaf: Details, intermediate: Details
    }
    struct Generated: Decodable {
        let client_ephemeral_priv: String, client_static_priv: String, server_ephemeral_priv: String, server_static_priv: String
        let client_static_pub: String, test_root_priv: String, test_root_pub: String, cert_chain: String, client_payload: String
        let client_hello: String, server_hello: String, client_finish: String, write_key: String, read_key: String

        var clientStatic: KeyPair { get throws { try KeyPair(privateKey: bytes(client_static_priv)) } }
        var clientEphemeral: KeyPair { get throws { try KeyPair(privateKey: bytes(client_ephemeral_priv)) } }
        var serverStatic: KeyPair { get throws { try KeyPair(privateKey: bytes(server_static_priv)) } }
        var serverEphemeral: KeyPair { get throws { try KeyPair(privateKey: bytes(server_ephemeral_priv)) } }
    }
    struct Wire: Decodable {
        let first_bytes_without_routing: String, routing_info: String, first_bytes_with_routing: String, second_client_frame: String
    }
    struct TransportFrame: Decodable { let direction: String, plaintext: String, ciphertext: String, frame: String }
    struct IK: Decodable {
        let name: String, encrypted_static: String, encrypted_payload: String, encrypted_certificate: String
        let write_key: String, read_key: String, h_before_client_ephemeral: String
    }
    struct Fallback: Decodable { let name: String, h_after_prologue: String, h_after_client_ephemeral: String, ck0: String }

    let prologue: String, live_transcript: Live, live_certificate: LiveCertificate, generated: Generated, wire: Wire
    let transport: [TransportFrame], generated_ik: IK, generated_xxfallback_start: Fallback

    /// A moment inside the validity of the generated chain, unix seconds.
    static let now: Int64 = 1_800_000_000

    static func load() throws -> NoiseVectors { try VectorFile.decode(NoiseVectors.self, from: "noise.json") }
}
