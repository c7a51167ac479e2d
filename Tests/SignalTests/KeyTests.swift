import Testing

@testable import Signal

struct KeyTests {
    @Test func publicKeysHaveOneLengthAndOneType() throws {
        let raw = [UInt8](repeating: 9, count: 32)
        #expect(PublicKey(raw: raw)?.typed == [5] + raw)
        #expect(PublicKey(typed: [5] + raw)?.bytes == raw)
        #expect(PublicKey(typed: [4] + raw) == nil)
        for count in [0, 1, 31, 33, 34] {
            #expect(PublicKey(raw: [UInt8](repeating: 5, count: count)) == nil)
            if count != 33 { #expect(PublicKey(typed: [UInt8](repeating: 5, count: count)) == nil) }
        }
    }

    @Test func privateKeysOfOtherLengthsAreRefused() {
        for count in [0, 31, 33] {
            #expect(throws: SignalError.invalidKey) { try KeyPair(privateKey: [UInt8](repeating: 1, count: count)) }
        }
    }

    @Test func signedPreKeysCarryTheirOwnersSignature() throws {
        var rng = SeededGenerator(state: 1)
        let identity = KeyPair.generate(using: &rng)
        let key = SignedPreKey.generate(id: 7, identity: identity, using: &rng)
        #expect(identity.publicKey.verifies(key.signature, of: key.keyPair.publicKey.typed))
        #expect(!identity.publicKey.verifies(key.signature, of: key.keyPair.publicKey.bytes))
    }

    @Test func addressesReadAsTheProtocolWritesThem() {
        #expect(SignalAddress(name: "491700", deviceID: 0).description == "491700.0")
        #expect(SignalAddress(name: "1234_1", deviceID: 3).description == "1234_1.3")
    }

    /// Nothing that a log, an interpolation, a dump or a failed expectation prints may hold key bytes.
    @Test func keyMaterialNeverPrints() throws {
        var rng = SeededGenerator(state: 2)
        let bob = MemoryStore(preKeys: 1, using: &rng)
        var alice = MemoryStore(preKeys: 1, using: &rng)
        let address = SignalAddress(name: "1", deviceID: 0)
        try SessionCipher.startSession(with: bob.bundle(preKeyID: 1), address: address, in: &alice, using: &rng)
        let record = try #require(try alice.sessionRecord(for: address))
        let senderKeys = SenderKeyRecord.generate(using: &rng)
        let pair = alice.localIdentity
        #expect("\(pair)" == "<32 bytes>" && "\(pair.publicKey)" == "<32 bytes>" && "\(record)" == "<32 bytes>")
        let values: [Any] = [pair, record, record.current as Any, senderKeys, senderKeys.states, bob.preKeys, bob.signedPreKeys]
        for value in values {
            var dumped = String(reflecting: value)
            dump(value, to: &dumped)
            #expect(dumped.contains("bytes>"))
            // A byte array would be dumped as a run of numbers, and described as numbers with commas between them.
            let numbers = dumped.split(separator: "\n").map { UInt8($0.drop { $0 == " " || $0 == "-" }) != nil }
            #expect(!zip(numbers, numbers.dropFirst()).contains { $0 && $1 })
            #expect(!dumped.contains("\(pair.privateKey[0]), \(pair.privateKey[1])"))
        }
    }
}
