import CryptoPrimitives
import Model
@testable import Sandbox
import Signal
import SwiftProtobuf
import WAProto
import WhatsApp

/// The simulated service, which hostile clients reach.
extension FuzzTarget {
    /// What clients say of themselves at registration and login.
    static let clientPayload = FuzzTarget(
        name: "client-payload",
        seeds: {
            var rng = Jitter(seed: 3)
            let identity = KeyPair.generate(using: &rng)
            let profile = ClientProfile(deviceName: "Test")
            return [
                try ClientPayload.registration(
                    profile, registrationID: 9, identity: identity.publicKey,
                    signedPreKey: .generate(id: 1, identity: identity, using: &rng)),
                try ClientPayload.login(profile, jid: StanzaSeeds.own.phoneNumber),
            ]
        },
        prepare: {
            { input, _ in
                guard let payload = try? WAClientPayload(serializedBytes: input) else { return }
                _ = (try? UserAgentCheck.check(payload, oldestRevision: 0), try? Login(payload))
                _ = try? Registration(payload, noiseKey: [UInt8](repeating: 0, count: 32))
            }
        })

    static let pairingText = FuzzTarget(
        name: "pairing-text",
        seeds: {
            let code = PairingCode(
                noisePublicKey: [UInt8](repeating: 1, count: 32), identity: StanzaSandbox.client.publicKey,
                secret: [UInt8](repeating: 2, count: 32))
            return texts(code.text(reference: "2@abc"), code.text(reference: ""))
        },
        prepare: {
            { input, _ in
                let text = String(decoding: input, as: UTF8.self)
                if let code = try? QRCode(parsing: text),
                    code.noiseKey.count != 32 || code.identity.count != 32 || code.advSecret.count != 32
                {
                    throw FuzzFinding(rule: "keys have 32 bytes")
                }
                let request = ControlRequest(method: "GET", target: text, body: input)
                _ = (try? request.number("after"), try? request.decode([String: String].self))
            }
        })

    /// The first line that clients send to the media hosts.
    static let mediaRequest = FuzzTarget(
        name: "media-request",
        seeds: {
            let token = Base64.encode([UInt8](repeating: 7, count: 32), alphabet: .urlSafe)
            return texts(
                "POST /mms/image/\(token)?auth=a%2Fb&token=\(token)&resume=1&file_offset=5", "GET /v/1?ccb=11&hash=\(token)&mms-type=image&__wa-mms=",
                "DELETE /mms/md-msg-hist/\(token)?auth=a&token=\(token)&d_md=L3YvMQ")
        },
        prepare: {
            { input, _ in
                let words = String(decoding: input, as: UTF8.self).split(separator: " ", maxSplits: 1).map(String.init)
                guard words.count == 2, let target = try? MediaTarget(method: words[0], uri: words[1]) else { return }
                guard case .upload(let upload) = target else { return }
                guard upload.hash.count == 64, upload.offset >= 0, !upload.auth.isEmpty else { throw FuzzFinding(rule: "uploads are named in full") }
            }
        })

    /// Sequences of damaged stanzas from a paired client, over its encrypted connection; phones read what reaches them.
    static let sandboxStanzas = FuzzTarget(
        name: "sandbox-stanzas", seeds: { StanzaSandbox.seeds.map(BinaryXML.encode) },
        prepare: {
            let mutator = NodeMutator(seeds: StanzaSandbox.seeds)
            let online = try StanzaSandbox()
            return { input, rng in
                var sandbox = online
                for _ in 0..<Int.random(in: 1...4, using: &rng) { try sandbox.send(mutated(input, mutator, using: &rng)) }
            }
        })
}
