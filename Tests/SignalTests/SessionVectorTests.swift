import CryptoPrimitives
import Testing

@testable import Signal

/// `signal-session.json`: both sides of a conversation, every byte and every intermediate key.
struct SessionVectorTests {
    struct File: Decodable {
        struct Alice: Decodable {
            let identity_priv, identity_pub, base_key_priv, base_key_pub, ratchet1_priv, ratchet2_priv: HexBytes
            let registration_id: UInt32
        }
        struct Bob: Decodable {
            let identity_priv, signed_prekey_priv, signed_prekey_signature, prekey_priv, ratchet1_priv: HexBytes
            let registration_id, signed_prekey_id, prekey_id: UInt32
        }
        struct Agreement: Decodable {
            struct Derived: Decodable { let root, chain: HexBytes }
            let root, chain: HexBytes
            let without_one_time_prekey: Derived
        }
        struct Ratchet: Decodable {
            let alice_root_1, alice_send_chain_1, bob_root_1, alice_receive_chain_1, alice_root_2, alice_send_chain_2: HexBytes
        }
        struct Message: Decodable {
            let step: String
            let plaintext, chain_key, signal_message, cipher_key, mac_key, iv: HexBytes
            let prekey_message: HexBytes?
        }
        struct Delivery: Decodable { let order: [Int] }
        struct Negative: Decodable {
            let name: String
            let signal_message: HexBytes
        }
        let alice: Alice
        let bob: Bob
        let x3dh: Agreement
        let ratchet: Ratchet
        let messages: [Message]
        let delivery: Delivery
        let negative: [Negative]
    }

    let file: File
    let aliceAddress = SignalAddress(name: "491700", deviceID: 0)
    let bobAddress = SignalAddress(name: "1234_1", deviceID: 3)

    init() throws { file = try Vectors.load("signal-session.json", as: File.self) }

    func aliceStore() throws -> MemoryStore {
        MemoryStore(identity: try file.alice.identity_priv.pair(), registrationID: file.alice.registration_id)
    }

    func bobStore() throws -> MemoryStore {
        let bob = file.bob
        var store = MemoryStore(identity: try bob.identity_priv.pair(), registrationID: bob.registration_id)
        store.preKeys[bob.prekey_id] = PreKey(id: bob.prekey_id, keyPair: try bob.prekey_priv.pair())
        store.signedPreKeys[bob.signed_prekey_id] = SignedPreKey(
            id: bob.signed_prekey_id, keyPair: try bob.signed_prekey_priv.pair(), signature: bob.signed_prekey_signature.bytes)
        return store
    }

    /// Alice after the session was started and the first two messages and the reply went over the wire.
    func conversation() throws -> (alice: MemoryStore, bob: MemoryStore) {
        var alice = try aliceStore()
        var bob = try bobStore()
        var aliceRandom = ScriptedGenerator(
            bytes: file.alice.base_key_priv.bytes + file.alice.ratchet1_priv.bytes + file.alice.ratchet2_priv.bytes)
        var bobRandom = ScriptedGenerator(bytes: file.bob.ratchet1_priv.bytes)
        try SessionCipher.startSession(
            with: bob.bundle(preKeyID: file.bob.prekey_id), address: bobAddress, in: &alice, using: &aliceRandom)
        for message in file.messages.prefix(2) {
            let sent = try SessionCipher.encrypt(message.plaintext.bytes, to: bobAddress, in: &alice)
            #expect(sent.type == .preKeyMessage)
            #expect(sent.bytes == message.prekey_message?.bytes)
            let received = try SessionCipher.decrypt(sent, from: aliceAddress, in: &bob, using: &bobRandom)
            #expect(received.plaintext == message.plaintext.bytes)
        }
        let reply = file.messages[2]
        let sent = try SessionCipher.encrypt(reply.plaintext.bytes, to: aliceAddress, in: &bob)
        #expect(sent == Ciphertext(type: .message, bytes: reply.signal_message.bytes))
        let received = try SessionCipher.decrypt(sent, from: bobAddress, in: &alice, using: &aliceRandom)
        #expect(received.plaintext == reply.plaintext.bytes)
        return (alice, bob)
    }

    @Test func agreementGivesTheSameKeysOnBothSides() throws {
        let alice = try file.alice.identity_priv.pair()
        let base = try file.alice.base_key_priv.pair()
        let bob = try file.bob.identity_priv.pair()
        let signed = try file.bob.signed_prekey_priv.pair()
        let oneTime = try file.bob.prekey_priv.pair()
        #expect(base.publicKey.bytes == file.alice.base_key_pub.bytes)
        for preKey in [oneTime, nil] {
            let root = preKey == nil ? file.x3dh.without_one_time_prekey.root.bytes : file.x3dh.root.bytes
            let chain = preKey == nil ? file.x3dh.without_one_time_prekey.chain.bytes : file.x3dh.chain.bytes
            let started = try KeyAgreement.starting(
                identity: alice, baseKey: base, theirIdentity: bob.publicKey, theirSignedPreKey: signed.publicKey,
                theirPreKey: preKey?.publicKey)
            let answered = try KeyAgreement.answering(
                identity: bob, signedPreKey: signed, preKey: preKey, theirIdentity: alice.publicKey, theirBaseKey: base.publicKey)
            #expect(started.root.key == root && started.chain.key == chain)
            #expect(answered.root == started.root && answered.chain == started.chain)
        }
    }

    @Test func messageKeysMatch() throws {
        #expect(file.messages.count == 6)
        for message in file.messages {
            let keys = MessageKeys(seed: ChainKey(key: message.chain_key.bytes, index: 0).seed)
            #expect(keys.cipherKey == message.cipher_key.bytes && keys.macKey == message.mac_key.bytes && keys.iv == message.iv.bytes)
        }
    }

    @Test func ratchetKeysMatch() throws {
        let (alice, _) = try conversation()
        let session = try #require(try alice.sessionRecord(for: bobAddress)?.current)
        #expect(session.rootKey.key == file.ratchet.alice_root_2.bytes)
        #expect(session.sending.chain.key == file.ratchet.alice_send_chain_2.bytes)
        #expect(session.previousCounter == 1)
        #expect(session.pendingPreKey == nil)
    }

    @Test func messagesMatchAndArriveInAnyOrder() throws {
        var (alice, bob) = try conversation()
        var random = SeededGenerator(state: 1)
        for message in file.messages.suffix(3) {
            let sent = try SessionCipher.encrypt(message.plaintext.bytes, to: bobAddress, in: &alice)
            #expect(sent == Ciphertext(type: .message, bytes: message.signal_message.bytes), "\(message.step)")
        }
        #expect(file.delivery.order.suffix(3) == [5, 3, 4])
        for index in file.delivery.order.suffix(3) {
            let message = Ciphertext(type: .message, bytes: file.messages[index].signal_message.bytes)
            let received = try SessionCipher.decrypt(message, from: aliceAddress, in: &bob, using: &random)
            #expect(received.plaintext == file.messages[index].plaintext.bytes)
        }
        try expectDuplicates(in: &bob)
    }

    func expectDuplicates(in bob: inout MemoryStore) throws {
        var random = SeededGenerator(state: 2)
        let before = bob
        for (index, counter) in [(0, UInt32(0)), (1, 1), (3, 0), (4, 1), (5, 2)] {
            let message = file.messages[index]
            let again =
                message.prekey_message.map { Ciphertext(type: .preKeyMessage, bytes: $0.bytes) }
                ?? Ciphertext(type: .message, bytes: message.signal_message.bytes)
            #expect(throws: SignalError.duplicateMessage(counter: counter)) {
                try SessionCipher.decrypt(again, from: aliceAddress, in: &bob, using: &random)
            }
        }
        #expect(bob == before)
    }

    @Test func negativesLeaveTheStateAlone() throws {
        var (_, bob) = try conversation()
        var random = SeededGenerator(state: 3)
        let before = bob
        let expected: [SignalError] = [.badMAC, .unsupportedVersion(2)]
        #expect(file.negative.count == expected.count)
        for (negative, error) in zip(file.negative, expected) {
            let message = Ciphertext(type: .message, bytes: negative.signal_message.bytes)
            #expect(throws: error, "\(negative.name)") {
                try SessionCipher.decrypt(message, from: aliceAddress, in: &bob, using: &random)
            }
        }
        #expect(bob == before)
    }

    @Test func bundleSignatureMatches() throws {
        let bundle = try bobStore().bundle(preKeyID: file.bob.prekey_id)
        #expect(bundle.identity.verifies(bundle.signedPreKeySignature, of: bundle.signedPreKey.typed))
        #expect(bundle.preKey?.id == file.bob.prekey_id)
    }
}
