import CryptoPrimitives
import Testing

@testable import Signal

struct MemorySenderKeyStore: SenderKeyStore, Equatable {
    var records: [SenderKeyName: [UInt8]] = [:]

    func senderKeyRecord(for name: SenderKeyName) throws -> SenderKeyRecord? {
        try records[name].map { bytes throws(SignalError) in try SenderKeyRecord(serialized: bytes) }
    }

    mutating func saveSenderKeyRecord(_ record: SenderKeyRecord, for name: SenderKeyName) throws {
        records[name] = record.serialized()
    }
}

/// `sender-key.json`, and what it does not cover.
struct SenderKeyTests {
    struct File: Decodable {
        struct Message: Decodable {
            let iteration: UInt32
            let chain_key, seed, iv, cipher_key, plaintext, signature_Z, sender_key_message: HexBytes
        }
        let group: String
        let key_id: UInt32
        let chain_key, signing_priv, signing_pub, distribution_message: HexBytes
        let messages: [Message]
        let delivery_order: [Int]
    }

    let file: File
    let name: SenderKeyName

    init() throws {
        file = try Vectors.load("sender-key.json", as: File.self)
        name = SenderKeyName(group: file.group, sender: SignalAddress(name: "100000000000001_1", deviceID: 12))
    }

    func owner() throws -> MemorySenderKeyStore {
        let pair = try file.signing_priv.pair()
        var record = SenderKeyRecord()
        record.states = [
            SenderKeyState(
                id: file.key_id, chain: ChainKey(key: file.chain_key.bytes, index: 0), signingKey: pair.publicKey, signingPair: pair)
        ]
        var store = MemorySenderKeyStore()
        try store.saveSenderKeyRecord(record, for: name)
        return store
    }

    func member() throws -> MemorySenderKeyStore {
        var store = MemorySenderKeyStore()
        try GroupCipher.process(distribution: file.distribution_message.bytes, from: name, in: &store)
        return store
    }

    @Test func keysMatch() {
        for message in file.messages {
            let chain = ChainKey(key: message.chain_key.bytes, index: message.iteration)
            #expect(chain.seed == message.seed.bytes)
            let keys = SenderMessageKeys(seed: chain.seed)
            #expect(keys.iv == message.iv.bytes && keys.cipherKey == message.cipher_key.bytes)
        }
    }

    @Test func messagesMatchByteForByte() throws {
        var store = try owner()
        var rng = ScriptedGenerator(bytes: file.messages.flatMap(\.signature_Z.bytes))
        #expect(try GroupCipher.distribution(for: name, in: &store, using: &rng) == file.distribution_message.bytes)
        #expect(file.messages.count == 4)
        for message in file.messages {
            let sent = try GroupCipher.encrypt(message.plaintext.bytes, as: name, in: &store, using: &rng)
            #expect(sent == Ciphertext(type: .senderKey, bytes: message.sender_key_message.bytes))
        }
    }

    @Test func messagesArriveInAnyOrderAndOnce() throws {
        var store = try member()
        #expect(file.delivery_order == [0, 3, 1, 2])
        for index in file.delivery_order {
            let message = Ciphertext(type: .senderKey, bytes: file.messages[index].sender_key_message.bytes)
            #expect(try GroupCipher.decrypt(message, from: name, in: &store) == file.messages[index].plaintext.bytes)
            let before = store
            #expect(throws: SignalError.duplicateMessage(counter: file.messages[index].iteration)) {
                try GroupCipher.decrypt(message, from: name, in: &store)
            }
            #expect(store == before)
        }
    }

    @Test func everyFlippedBitIsRefused() throws {
        let genuine = file.messages[1].sender_key_message.bytes
        let fresh = try member()
        for position in genuine.indices {
            var forged = genuine
            forged[position] ^= 1 << UInt8(position % 8)
            var store = fresh
            #expect(throws: SignalError.self, "byte \(position)") {
                try GroupCipher.decrypt(Ciphertext(type: .senderKey, bytes: forged), from: name, in: &store)
            }
            #expect(store == fresh)
        }
        for length in 0..<genuine.count {
            var store = fresh
            #expect(throws: SignalError.self) {
                try GroupCipher.decrypt(
                    Ciphertext(type: .senderKey, bytes: Array(genuine.prefix(length))), from: name, in: &store)
            }
        }
    }

    @Test func absentAndUnknownKeysAreTold() throws {
        var empty = MemorySenderKeyStore()
        var rng = SeededGenerator(state: 1)
        let message = Ciphertext(type: .senderKey, bytes: file.messages[0].sender_key_message.bytes)
        #expect(throws: SignalError.noSenderKey) { try GroupCipher.decrypt(message, from: name, in: &empty) }
        #expect(throws: SignalError.noSenderKey) { try GroupCipher.encrypt([1], as: name, in: &empty, using: &rng) }
        try GroupCipher.process(distribution: GroupCipher.rotate(name, in: &empty, using: &rng), from: other, in: &empty)
        #expect(throws: SignalError.unknownSenderKey(id: file.key_id)) {
            try GroupCipher.decrypt(message, from: other, in: &empty)
        }
        var member = try member()
        #expect(throws: SignalError.noSenderKey) { try GroupCipher.encrypt([1], as: name, in: &member, using: &rng) }
    }

    let other = SenderKeyName(group: "1@g.us", sender: SignalAddress(name: "2", deviceID: 0))

    @Test func aKeySentAnewNeverGoesBack() throws {
        var store = try member()
        let last = Ciphertext(type: .senderKey, bytes: file.messages[3].sender_key_message.bytes)
        _ = try GroupCipher.decrypt(last, from: name, in: &store)
        try GroupCipher.process(distribution: file.distribution_message.bytes, from: name, in: &store)
        #expect(throws: SignalError.duplicateMessage(counter: 3)) { try GroupCipher.decrypt(last, from: name, in: &store) }
        let earlier = Ciphertext(type: .senderKey, bytes: file.messages[1].sender_key_message.bytes)
        #expect(try GroupCipher.decrypt(earlier, from: name, in: &store) == file.messages[1].plaintext.bytes)
    }

    @Test func aKeySentAnewFromFurtherOnKeepsWhatItPasses() throws {
        var owner = try owner()
        var rng = SeededGenerator(state: 2)
        var sent: [Ciphertext] = []
        for index in 0..<3 { sent.append(try GroupCipher.encrypt([UInt8(index)], as: name, in: &owner, using: &rng)) }
        let later = try GroupCipher.distribution(for: name, in: &owner, using: &rng)
        var early = try member()
        try GroupCipher.process(distribution: later, from: name, in: &early)
        for index in [2, 0, 1] { #expect(try GroupCipher.decrypt(sent[index], from: name, in: &early) == [UInt8(index)]) }
        var late = MemorySenderKeyStore()
        try GroupCipher.process(distribution: later, from: name, in: &late)
        #expect(throws: SignalError.unknownSenderKey(id: file.key_id), "never read, so no duplicate") {
            try GroupCipher.decrypt(sent[0], from: name, in: &late)
        }
        let next = try GroupCipher.encrypt([9], as: name, in: &owner, using: &rng)
        #expect(try GroupCipher.decrypt(next, from: name, in: &late) == [9])
    }

    /// The first message of a chain, which brings its key, is overtaken by the next ones, which bring it too.
    @Test func aKeyThatCameLateReadsWhatItsOvertakersLeftOut() throws {
        var owner = try owner()
        var rng = SeededGenerator(state: 5)
        var sent: [(key: [UInt8], message: Ciphertext)] = []
        for index in 0..<6 {
            let key = try GroupCipher.distribution(for: name, in: &owner, using: &rng)
            sent.append((key, try GroupCipher.encrypt([UInt8(index)], as: name, in: &owner, using: &rng)))
        }
        var member = MemorySenderKeyStore()
        for index in [4, 2, 5, 0, 3, 1] {
            try GroupCipher.process(distribution: sent[index].key, from: name, in: &member)
            #expect(try GroupCipher.decrypt(sent[index].message, from: name, in: &member) == [UInt8(index)])
        }
        for (index, part) in sent.enumerated() {
            try GroupCipher.process(distribution: part.key, from: name, in: &member)
            #expect(throws: SignalError.duplicateMessage(counter: UInt32(index)), "once is enough") {
                try GroupCipher.decrypt(part.message, from: name, in: &member)
            }
        }
    }

    /// Somebody who knows id and signing key alone can not bring other keys in.
    @Test func anEarlierKeyOfAnotherChainIsLeftAlone() throws {
        var owner = try owner()
        var rng = SeededGenerator(state: 6)
        for _ in 0..<3 { _ = try GroupCipher.encrypt([1], as: name, in: &owner, using: &rng) }
        var member = MemorySenderKeyStore()
        try GroupCipher.process(distribution: GroupCipher.distribution(for: name, in: &owner, using: &rng), from: name, in: &member)
        let before = member
        let own = try #require(try owner.senderKeyRecord(for: name)?.states.first)
        let other = SenderKeyDistributionMessage(
            id: own.id, chain: ChainKey(key: [UInt8](repeating: 1, count: 32), index: 1), signingKey: own.signingKey)
        try GroupCipher.process(distribution: other.serialized(), from: name, in: &member)
        #expect(member == before)
    }

    @Test func fiveKeysAreKept() throws {
        var owner = MemorySenderKeyStore()
        var member = MemorySenderKeyStore()
        var rng = SeededGenerator(state: 3)
        var sent: [Ciphertext] = []
        for index in 0..<(SignalLimits.senderKeyStates + 1) {
            try GroupCipher.process(distribution: GroupCipher.rotate(name, in: &owner, using: &rng), from: name, in: &member)
            sent.append(try GroupCipher.encrypt([UInt8(index)], as: name, in: &owner, using: &rng))
        }
        #expect(throws: SignalError.self) { try GroupCipher.decrypt(sent[0], from: name, in: &member) }
        for index in 1..<sent.count { #expect(try GroupCipher.decrypt(sent[index], from: name, in: &member) == [UInt8(index)]) }
    }

    @Test func theForwardJumpIsBounded() throws {
        var owner = try owner()
        var rng = SeededGenerator(state: 4)
        var record = try #require(try owner.senderKeyRecord(for: name))
        for _ in 0..<SignalLimits.forwardJump { record.states[0].chain = try record.states[0].chain.next() }
        try owner.saveSenderKeyRecord(record, for: name)
        let atLimit = try GroupCipher.encrypt([1], as: name, in: &owner, using: &rng)
        let beyond = try GroupCipher.encrypt([2], as: name, in: &owner, using: &rng)
        var member = try member()
        #expect(throws: SignalError.tooFarAhead(steps: SignalLimits.forwardJump + 1)) {
            try GroupCipher.decrypt(beyond, from: name, in: &member)
        }
        #expect(try GroupCipher.decrypt(atLimit, from: name, in: &member) == [1])
        #expect(try GroupCipher.decrypt(beyond, from: name, in: &member) == [2])
    }

    @Test func garbageDistributionsAndRecordsAreRefused() throws {
        var store = try member()
        let before = store
        let genuine = file.distribution_message.bytes
        for length in 0..<genuine.count {
            #expect(throws: SignalError.self) {
                try GroupCipher.process(distribution: Array(genuine.prefix(length)), from: name, in: &store)
            }
        }
        #expect(store == before)
        let stored = try #require(before.records[name])
        #expect(try SenderKeyRecord(serialized: stored).serialized() == stored)
        for length in 1..<stored.count {
            #expect(throws: SignalError.corruptRecord) { try SenderKeyRecord(serialized: Array(stored.prefix(length))) }
        }
        var own = try owner()
        #expect(throws: SignalError.invalidMessage) { try GroupCipher.process(distribution: genuine, from: name, in: &own) }
    }
}
