import CryptoPrimitives
import SwiftProtobuf
import Testing
import WAProto

@testable import Signal

/// Whatever arrives, the answer is an error and an unchanged store, or the genuine plaintext.
struct HostileInputTests {
    let alice = SignalAddress(name: "1", deviceID: 0)
    let bob = SignalAddress(name: "2", deviceID: 0)
    let receiver: MemoryStore
    let first: Ciphertext
    let established: MemoryStore
    let later: Ciphertext
    var rng = SeededGenerator(state: 5)

    init() throws {
        var sender = MemoryStore(preKeys: 1, using: &rng)
        var receiver = MemoryStore(preKeys: 1, using: &rng)
        try SessionCipher.startSession(with: receiver.bundle(preKeyID: 1), address: bob, in: &sender, using: &rng)
        first = try SessionCipher.encrypt([1, 2, 3], to: bob, in: &sender)
        self.receiver = receiver
        _ = try SessionCipher.decrypt(first, from: alice, in: &receiver, using: &rng)
        let reply = try SessionCipher.encrypt([4], to: alice, in: &receiver)
        _ = try SessionCipher.decrypt(reply, from: bob, in: &sender, using: &rng)
        later = try SessionCipher.encrypt([1, 2, 3], to: bob, in: &sender)
        established = receiver
    }

    func expectHarmless(_ bytes: [UInt8], _ type: CiphertextType, at before: MemoryStore, _ rng: inout SeededGenerator) {
        var store = before
        do {
            let result = try SessionCipher.decrypt(Ciphertext(type: type, bytes: bytes), from: alice, in: &store, using: &rng)
            #expect(result.plaintext == [1, 2, 3])
        } catch {
            #expect(error is SignalError)
            #expect(store == before)
        }
    }

    @Test func everyTruncationIsRefused() {
        var rng = rng
        for (message, store) in [(first, receiver), (later, established)] {
            for length in 0..<message.bytes.count {
                var store = store
                #expect(throws: SignalError.self) {
                    let short = Ciphertext(type: message.type, bytes: Array(message.bytes.prefix(length)))
                    _ = try SessionCipher.decrypt(short, from: alice, in: &store, using: &rng)
                }
            }
        }
    }

    @Test func everyFlippedBitIsHarmless() {
        var rng = rng
        for (message, store) in [(first, receiver), (later, established), (first, established)] {
            for position in message.bytes.indices {
                for bit in 0..<UInt8(8) {
                    var bytes = message.bytes
                    bytes[position] ^= 1 << bit
                    expectHarmless(bytes, message.type, at: store, &rng)
                }
            }
        }
    }

    @Test func noFlippedBitOfAMessageIsAccepted() {
        var rng = rng
        for position in later.bytes.indices {
            var store = established
            var bytes = later.bytes
            // The version byte's low nibble is covered by the code, too.
            bytes[position] ^= 1
            #expect(throws: SignalError.self, "byte \(position)") {
                try SessionCipher.decrypt(Ciphertext(type: .message, bytes: bytes), from: alice, in: &store, using: &rng)
            }
        }
    }

    @Test func garbageIsHarmless() {
        var rng = rng
        for round in 0..<3000 {
            let length = Int.random(in: 0...(round % 10 == 0 ? 5000 : 120), using: &rng)
            var bytes = Random.bytes(length, using: &rng)
            if round % 4 != 0 { bytes.insert(0x33, at: 0) }
            expectHarmless(bytes, round % 2 == 0 ? .message : .preKeyMessage, at: established, &rng)
        }
    }

    @Test func splicedMessagesAreHarmless() {
        var rng = rng
        for round in 0..<500 {
            let head = (round % 2 == 0 ? first : later).bytes
            let tail = (round % 3 == 0 ? first : later).bytes
            let cut = Int.random(in: 1..<head.count, using: &rng)
            let bytes = head.prefix(cut) + tail.suffix(Int.random(in: 0..<tail.count, using: &rng))
            for type in [CiphertextType.message, .preKeyMessage] { expectHarmless(Array(bytes), type, at: established, &rng) }
        }
    }

    func forged(ratchetKey: [UInt8], counter: UInt32, ciphertext: [UInt8] = [UInt8](repeating: 1, count: 16)) throws -> [UInt8] {
        var message = WASignalSignalMessage()
        message.ratchetKey = ratchetKey.asField()
        message.counter = counter
        message.ciphertext = ciphertext.asField()
        return try [0x33] + message.serializedBytes() + [UInt8](repeating: 0, count: 8)
    }

    @Test func forgedCountersCostNoMoreThanTheLimit() throws {
        var rng = rng
        let genuine = try SignalMessage(later.bytes)
        let unknown = KeyPair.generate(using: &rng).publicKey
        for key in [genuine.ratchetKey, unknown] {
            for counter in [SignalLimits.forwardJump + 1, 1 << 31, .max - 1, .max] {
                var store = established
                let message = Ciphertext(type: .message, bytes: try forged(ratchetKey: key.typed, counter: counter))
                #expect(throws: SignalError.tooFarAhead(steps: counter)) {
                    try SessionCipher.decrypt(message, from: alice, in: &store, using: &rng)
                }
                #expect(store == established)
            }
        }
    }

    @Test func badKeysAndCiphertextsAreRefused() throws {
        var rng = rng
        let zero = [5] + [UInt8](repeating: 0, count: 32)
        let key = try SignalMessage(later.bytes).ratchetKey.typed
        for bytes in [
            try forged(ratchetKey: zero, counter: 0), try forged(ratchetKey: Array(key.dropFirst()), counter: 0),
            try forged(ratchetKey: [], counter: 0), try forged(ratchetKey: key, counter: 0, ciphertext: []),
            try forged(ratchetKey: key, counter: 0, ciphertext: [UInt8](repeating: 0, count: 1 << 20)),
        ] {
            var store = established
            #expect(throws: SignalError.self) {
                try SessionCipher.decrypt(Ciphertext(type: .message, bytes: bytes), from: alice, in: &store, using: &rng)
            }
            #expect(store == established)
        }
    }

    @Test func aKnownBaseKeyUnderAnotherIdentityIsRefused() throws {
        var rng = rng
        var outer = try PreKeySignalMessage(first.bytes)
        outer = PreKeySignalMessage(
            registrationID: outer.registrationID, preKeyID: outer.preKeyID, signedPreKeyID: outer.signedPreKeyID,
            baseKey: outer.baseKey, identity: KeyPair.generate(using: &rng).publicKey, message: try SignalMessage(later.bytes))
        var store = established
        let message = Ciphertext(type: .preKeyMessage, bytes: try outer.serialized())
        #expect(throws: SignalError.invalidMessage) {
            try SessionCipher.decrypt(message, from: alice, in: &store, using: &rng)
        }
        #expect(store == established)
    }

    @Test func damagedRecordsAreRefusedOrHarmless() throws {
        var rng = rng
        let stored = try #require(established.records[alice])
        #expect(try SessionRecord(serialized: stored).serialized() == stored)
        #expect(try SessionRecord(serialized: []) == SessionRecord())
        for position in stored.indices {
            var bytes = stored
            bytes[position] ^= 1 << UInt8(position % 8)
            for damaged in [bytes, Array(stored.prefix(position))] {
                guard var record = try? SessionRecord(serialized: damaged) else { continue }
                let message = try SignalMessage(later.bytes)
                if let result = try? record.decrypt(message, identity: nil, using: &rng) { #expect(result.plaintext == [1, 2, 3]) }
                _ = try? record.encrypt([1])
            }
        }
    }
}
