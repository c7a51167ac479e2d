import Model
import Signal
import Testing

@testable import WhatsApp

/// Every truncation and every flipped bit of what the account has signed is refused.
@Suite struct HostilePairingTests {
    private func damaged(_ bytes: [UInt8]) -> [[UInt8]] {
        let flipped = bytes.indices.map { index in
            var copy = bytes
            copy[index] ^= 1 << UInt8(index % 8)
            return copy
        }
        return (0..<bytes.count).map { Array(bytes.prefix($0)) } + flipped
    }

    private func stanza(_ container: [UInt8]) -> Node {
        Node(
            "iq", ["id": "1"],
            [
                Node(
                    "pair-success", [:],
                    [
                        Node("device-identity", bytes: container),
                        Node("device", ["jid": .jid(JID(user: "9689", server: .phoneNumber, device: 7))]),
                    ])
            ])
    }

    @Test func containers() throws {
        let file = try #require(PairingVectors.file)
        let identity = try KeyPair(privateKey: file.keys.identity_priv.bytes)
        for container in damaged(try #require(file.adv.first).pair_success_device_identity.bytes) {
            #expect(throws: PairingError.self) {
                try PairSuccess(stanza(container)).accept(
                    identity: identity, secret: file.keys.adv_secret.bytes, randomness: [UInt8](repeating: 1, count: 64))
            }
        }
    }

    @Test func identitiesOfDevices() throws {
        let file = try #require(PairingVectors.file)
        let account = try #require(PublicKey(raw: file.keys.account_pub.bytes))
        let identity = try KeyPair(privateKey: file.keys.identity_priv.bytes).publicKey
        for proof in damaged(try #require(file.adv.first).stored_account.bytes) {
            guard let signer = try? SignedDeviceIdentity.verify(proof, identity: identity, accountKey: account) else { continue }
            // Only the tag of the account's key can be lost: then the known key is taken.
            #expect(signer == account)
        }
    }

    @Test func listsOfKeyIndexes() throws {
        #expect(throws: PairingError.self) { try KeyIndexList([0x0A, 0xFF], accountKey: nil) }
        #expect(throws: PairingError.self) { try KeyIndexList([0x0A, 1, 0xFF], accountKey: nil) }
        let file = try #require(PairingVectors.file)
        let account = try #require(PublicKey(raw: file.keys.account_pub.bytes))
        #expect(throws: PairingError.accountSignatureMismatch) { try KeyIndexList([0x0A, 0], accountKey: account) }
    }

    @Test(arguments: [
        "96890000001@s.whatsapp.net", "abc:7@s.whatsapp.net", "1:7@lid", "1:70000@s.whatsapp.net", "",
        "\(String(repeating: "9", count: 21)):7@s.whatsapp.net",
    ])
    func ownAddresses(_ text: String) {
        let node = Node("iq", [:], [Node("pair-success", [:], [Node("device-identity", bytes: []), Node("device", ["jid": .text(text)])])])
        #expect(throws: StanzaError.invalid("device jid")) { try PairSuccess(node) }
    }
}
