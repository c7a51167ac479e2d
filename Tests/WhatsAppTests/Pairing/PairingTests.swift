import Model
import Signal
import Testing

@testable import WhatsApp

@Suite struct PairingTests {
    private func stanza(_ container: [UInt8]) -> Node {
        Node(
            "iq", ["from": .jid(.service), "type": "set", "id": "17", "xmlns": "md"],
            [
                Node(
                    "pair-success", [:],
                    [
                        Node("device-identity", bytes: container), Node("platform", ["name": "android"]), Node("biz", ["name": "Shop"]),
                        Node(
                            "device",
                            [
                                "jid": .jid(JID(user: "96890000001", server: .phoneNumber, device: 7)),
                                "lid": .jid(JID(user: "100000012345678", server: .lid, device: 7)),
                            ]),
                    ])
            ])
    }

    @Test func textsOfTheCode() throws {
        let file = try #require(PairingVectors.file)
        for vector in file.qr {
            let code = PairingCode(
                noisePublicKey: file.keys.noise_pub.bytes, identity: try #require(PublicKey(raw: file.keys.identity_pub.bytes)),
                secret: file.keys.adv_secret.bytes, clientType: try #require(PairingCode.ClientType(rawValue: vector.client_type)))
            #expect(code.text(reference: vector.ref) == vector.string_2026)
        }
    }

    @Test(arguments: PairingVectors.file?.adv ?? [])
    func acceptsWhatThePhoneSigned(_ vector: PairingVectors.ADV) throws {
        let keys = try #require(PairingVectors.file).keys
        let success = try PairSuccess(stanza(vector.pair_success_device_identity.bytes))
        #expect(success.lid?.user == "100000012345678")
        #expect(success.businessName == "Shop")
        let identity = try KeyPair(privateKey: keys.identity_priv.bytes)
        let linked = try success.accept(identity: identity, secret: keys.adv_secret.bytes, randomness: vector.device_signature_Z.bytes)
        #expect(linked.account == vector.stored_account.bytes)
        #expect(linked.accountKey.bytes == keys.account_pub.bytes)
        let answer = try #require(linked.answer.child("pair-device-sign")?.child("device-identity"))
        #expect(answer.bytes == vector.pair_device_sign_content.bytes)
        #expect(answer.string("key-index") == String(vector.pair_device_sign_key_index))
        #expect(linked.answer.string("id") == "17")
        // What others receive as proof of this device verifies too, with and without the account's key inside.
        try SignedDeviceIdentity.verify(linked.account, identity: identity.publicKey, accountKey: nil)
        try SignedDeviceIdentity.verify(
            vector.pair_device_sign_content.bytes, identity: identity.publicKey, accountKey: linked.accountKey)
    }

    @Test func vectorsAreThere() throws { #expect(try #require(PairingVectors.file).adv.count == 3) }

    @Test func refusesAnotherSecret() throws {
        let file = try #require(PairingVectors.file)
        let vector = try #require(file.adv.first)
        let success = try PairSuccess(stanza(vector.pair_success_device_identity.bytes))
        let identity = try KeyPair(privateKey: file.keys.identity_priv.bytes)
        #expect(throws: PairingError.hmacMismatch) {
            try success.accept(
                identity: identity, secret: [UInt8](repeating: 1, count: 32), randomness: vector.device_signature_Z.bytes)
        }
        let refusal = success.refusal(.hmacMismatch)
        #expect(refusal.string("type") == "error")
        #expect(refusal.child("error")?.string("text") == "hmac-mismatch")
        #expect(refusal.child("error")?.string("code") == "401")
    }

    @Test func refusesASignatureForAnotherDevice() throws {
        let file = try #require(PairingVectors.file)
        let vector = try #require(file.adv.first)
        let success = try PairSuccess(stanza(vector.pair_success_device_identity.bytes))
        let other = try KeyPair(privateKey: [UInt8](repeating: 0x42, count: 32))
        #expect(throws: PairingError.accountSignatureMismatch) {
            try success.accept(identity: other, secret: file.keys.adv_secret.bytes, randomness: vector.device_signature_Z.bytes)
        }
    }

    @Test func refusesAForgedDeviceSignature() throws {
        let file = try #require(PairingVectors.file)
        var account = try #require(file.adv.first).stored_account.bytes
        account[account.count - 5] ^= 1
        let identity = try KeyPair(privateKey: file.keys.identity_priv.bytes)
        #expect(throws: PairingError.deviceSignatureMismatch) {
            try SignedDeviceIdentity.verify(account, identity: identity.publicKey, accountKey: nil)
        }
    }

    @Test func truncatedContainersAreErrors() throws {
        let file = try #require(PairingVectors.file)
        let container = try #require(file.adv.first).pair_success_device_identity.bytes
        let identity = try KeyPair(privateKey: file.keys.identity_priv.bytes)
        for length in 0..<container.count {
            let success = try PairSuccess(stanza(Array(container.prefix(length))))
            #expect(throws: PairingError.self) {
                try success.accept(
                    identity: identity, secret: file.keys.adv_secret.bytes, randomness: [UInt8](repeating: 0, count: 64))
            }
        }
    }

    @Test func keyIndexList() throws {
        let vector = try #require(PairingVectors.file).key_index_list
        let key = try #require(PublicKey(raw: vector.account_pub.bytes))
        let list = try KeyIndexList(vector.signed.bytes, accountKey: key)
        #expect(list.timestamp == vector.timestamp)
        #expect(list.validIndexes == Set(vector.valid_indexes))
        #expect(list.allows(keyIndex: 7))
        #expect(!list.allows(keyIndex: 3))
        #expect(list.allows(keyIndex: vector.current_index + 1))
        var forged = vector.signed.bytes
        forged[forged.count - 1] ^= 1
        #expect(throws: PairingError.accountSignatureMismatch) { try KeyIndexList(forged, accountKey: key) }
    }

    @Test func referencesAndTheirTimes() throws {
        let node = Node(
            "iq", ["from": .jid(.service), "type": "set", "id": "1"],
            [
                Node("pair-device", [:], [Node("ref", text: "2@a"), Node("ref", text: "2@b")])
            ])
        #expect(try PairDevice(node).references == ["2@a", "2@b"])
        #expect(PairDevice.lifetime(ofReference: 0) == 60_000)
        #expect(PairDevice.lifetime(ofReference: 1) == 20_000)
        #expect(ServerQuery(node) == .pairDevice)
        #expect(throws: StanzaError.missing("ref")) { try PairDevice(Node("iq", [:], [Node("pair-device", [:], [])])) }
    }
}
