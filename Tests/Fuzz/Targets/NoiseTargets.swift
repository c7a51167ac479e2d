import Signal
import WhatsApp

/// The keys of the generated handshake in `noise.json`.
struct NoiseKeys {
    let clientStatic, clientEphemeral, serverStatic, serverEphemeral: KeyPair
    let rootKey, certificates: [UInt8]
    static let now: Int64 = 1_800_000_000

    init() throws {
        func pair(_ key: String) throws -> KeyPair { try KeyPair(privateKey: VectorBytes.one(key, in: "noise.json")) }
        clientStatic = try pair("client_static_priv")
        clientEphemeral = try pair("client_ephemeral_priv")
        serverStatic = try pair("server_static_priv")
        serverEphemeral = try pair("server_ephemeral_priv")
        rootKey = try VectorBytes.one("test_root_pub", in: "noise.json")
        certificates = try VectorBytes.one("cert_chain", in: "noise.json")
    }

    func client() throws -> (handshake: NoiseClientHandshake, hello: [UInt8]) {
        var handshake = NoiseClientHandshake(staticKey: clientStatic, ephemeral: clientEphemeral, rootKey: rootKey)
        let hello = try handshake.start()
        return (handshake, hello)
    }

    func server(certificates: [UInt8]? = nil) -> NoiseServerHandshake {
        NoiseServerHandshake(staticKey: serverStatic, ephemeral: serverEphemeral, certificates: certificates ?? self.certificates)
    }
}

extension FuzzTarget {
    static let noiseServerHello = FuzzTarget(
        name: "noise-server-hello",
        seeds: { try VectorBytes.all(["server_hello"], in: "noise.json") },
        prepare: {
            let client = try NoiseKeys().client().handshake
            let genuine = try VectorBytes.one("server_hello", in: "noise.json")
            return { input, _ in
                var handshake = client
                let accepted = (try? handshake.received(serverHello: input, clientPayload: [1], now: NoiseKeys.now)) != nil
                // Unknown protobuf fields may be added; the three values can not change unnoticed.
                guard !accepted || input.count >= genuine.count else { throw FuzzFinding(rule: "a shortened hello is accepted") }
            }
        })

    static let noiseClientHello = FuzzTarget(
        name: "noise-client-hello",
        seeds: { try VectorBytes.all(["client_hello"], in: "noise.json") },
        prepare: {
            let keys = try NoiseKeys()
            return { input, _ in
                var handshake = keys.server()
                _ = try? handshake.received(clientHello: input)
            }
        })

    static let noiseClientFinish = FuzzTarget(
        name: "noise-client-finish",
        seeds: { try VectorBytes.all(["client_finish"], in: "noise.json") },
        prepare: {
            let keys = try NoiseKeys()
            var greeted = keys.server()
            _ = try greeted.received(clientHello: VectorBytes.one("client_hello", in: "noise.json"))
            return { [greeted] input, _ in
                var handshake = greeted
                guard let accepted = try? handshake.received(clientFinish: input) else { return }
                guard accepted.clientStatic == keys.clientStatic.publicKey.bytes else { throw FuzzFinding(rule: "another key is accepted") }
            }
        })
}
