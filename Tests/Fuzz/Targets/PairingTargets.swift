import CryptoPrimitives
import struct FoundationEssentials.Data
import Model
import Signal
import SwiftProtobuf
import WAProto
import WhatsApp

extension FuzzTarget {
    /// The stanza that links, and the signed identity in it: as bytes, and behind an HMAC that holds.
    static let pairSuccess = FuzzTarget(
        name: "pair-success",
        seeds: { try VectorBytes.all(["pair_success_device_identity", "signed_identity_bytes"], in: "pairing.json") },
        prepare: {
            let identity = try KeyPair(privateKey: VectorBytes.one("identity_priv", in: "pairing.json"))
            let secret = try VectorBytes.one("adv_secret", in: "pairing.json")
            let genuine = try Set(VectorBytes.all(["signed_identity_bytes"], in: "pairing.json"))
            let mutator = NodeMutator(seeds: [stanza([]), stanza(try VectorBytes.one("pair_success_device_identity", in: "pairing.json"))])
            return { input, rng in
                _ = try? PairSuccess(mutator.node(using: &rng))
                var authentic = WAADVSignedDeviceIdentityHMAC()
                authentic.details = Data(input)
                authentic.hmac = Data(HMAC.sha256(input, key: secret))
                for container in [input, try authentic.serializedBytes() as [UInt8]] {
                    guard let success = try? PairSuccess(stanza(container)),
                        (try? success.accept(identity: identity, secret: secret, randomness: [UInt8](repeating: 1, count: 64))) != nil
                    else { continue }
                    // Only what the account has signed; unknown fields around it may be added.
                    guard input.count >= (genuine.map(\.count).min() ?? 0) else {
                        throw FuzzFinding(rule: "a shortened identity is accepted")
                    }
                }
            }
        })

    static let keyIndexList = FuzzTarget(
        name: "key-index-list", seeds: { try VectorBytes.all(["signed", "details"], in: "pairing.json") },
        prepare: {
            let key = PublicKey(raw: try VectorBytes.one("account_pub", in: "pairing.json"))
            let genuine = try KeyIndexList(VectorBytes.one("signed", in: "pairing.json"), accountKey: key)
            return { input, rng in
                _ = try? KeyIndexList(input, accountKey: nil)
                guard UInt8.random(in: 0..<4, using: &rng) == 0, let list = try? KeyIndexList(input, accountKey: key) else { return }
                guard list == genuine else { throw FuzzFinding(rule: "a changed list is accepted") }
            }
        })

    static let deviceIdentity = FuzzTarget(
        name: "device-identity", seeds: { try VectorBytes.all(["stored_account", "pair_device_sign_content"], in: "pairing.json") },
        prepare: {
            let identity = try KeyPair(privateKey: VectorBytes.one("identity_priv", in: "pairing.json")).publicKey
            let account = PublicKey(raw: try VectorBytes.one("account_pub", in: "pairing.json"))
            return { input, _ in
                guard let signer = try? SignedDeviceIdentity.verify(input, identity: identity, accountKey: account) else { return }
                guard signer == account else { throw FuzzFinding(rule: "another account is accepted") }
            }
        })

    private static func stanza(_ container: [UInt8]) -> Node {
        Node(
            "iq", ["from": .jid(.service), "type": "set", "id": "17", "xmlns": "md"],
            [
                Node(
                    "pair-success", [:],
                    [
                        Node("device-identity", bytes: container), Node("platform", ["name": "android"]), Node("biz", ["name": "Shop"]),
                        Node("device", ["jid": .jid(StanzaSeeds.own.phoneNumber), "lid": .jid(StanzaSeeds.person)]),
                    ])
            ])
    }
}
