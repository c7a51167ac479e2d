import Testing

@testable import Signal

/// What happens between two devices apart from the plain exchange of messages.
final class SessionTests {
    let aliceAddress = SignalAddress(name: "491700", deviceID: 0)
    let bobAddress = SignalAddress(name: "1234_1", deviceID: 3)
    var alice: MemoryStore
    var bob: MemoryStore
    var rng = SeededGenerator(state: 77)

    init() {
        alice = MemoryStore(preKeys: 50, using: &rng)
        bob = MemoryStore(preKeys: 50, using: &rng)
    }

    func aliceStarts(preKeyID: UInt32? = 1) throws {
        try SessionCipher.startSession(with: bob.bundle(preKeyID: preKeyID), address: bobAddress, in: &alice, using: &rng)
    }

    func aliceSends(_ text: [UInt8]) throws -> Ciphertext { try SessionCipher.encrypt(text, to: bobAddress, in: &alice) }
    func bobSends(_ text: [UInt8]) throws -> Ciphertext { try SessionCipher.encrypt(text, to: aliceAddress, in: &bob) }

    func bobReads(_ message: Ciphertext) throws -> DecryptResult {
        try SessionCipher.decrypt(message, from: aliceAddress, in: &bob, using: &rng)
    }

    func aliceReads(_ message: Ciphertext) throws -> DecryptResult {
        try SessionCipher.decrypt(message, from: bobAddress, in: &alice, using: &rng)
    }

    @Test func theFirstMessageUsesUpAPreKeyAndTellsTheIdentity() throws {
        #expect(throws: SignalError.noSession) { try SessionCipher.encrypt([1], to: self.bobAddress, in: &self.alice) }
        #expect(try !SessionCipher.hasSession(for: bobAddress, in: alice))
        try aliceStarts()
        #expect(try SessionCipher.hasSession(for: bobAddress, in: alice))
        let first = try aliceSends([1])
        let second = try aliceSends([2])
        let result = try bobReads(first)
        #expect(result.plaintext == [1] && result.usedPreKeyID == 1)
        #expect(result.newIdentity == IdentityChange(old: nil, new: alice.localIdentity.publicKey))
        #expect(bob.preKeys[1] == nil && bob.preKeys[2] != nil)
        // The pre-key is gone, but the session stands.
        let again = try bobReads(second)
        #expect(again.plaintext == [2] && again.usedPreKeyID == nil && again.newIdentity == nil)
        let reply = try aliceReads(bobSends([3]))
        #expect(reply.plaintext == [3] && reply.newIdentity == nil)
        #expect(try aliceSends([4]).type == .message)
    }

    @Test func bundlesWithoutAOneTimeKeyWork() throws {
        try aliceStarts(preKeyID: nil)
        let result = try bobReads(aliceSends([1]))
        #expect(result.plaintext == [1] && result.usedPreKeyID == nil && bob.preKeys.count == 50)
    }

    @Test func unknownPreKeysAreToldApart() throws {
        try aliceStarts()
        let message = try aliceSends([1])
        let preKey = bob.preKeys.removeValue(forKey: 1)
        let signed = bob.signedPreKeys.removeValue(forKey: 1)
        let before = bob
        #expect(throws: SignalError.unknownSignedPreKey(id: 1)) { try self.bobReads(message) }
        bob.signedPreKeys[1] = signed
        #expect(throws: SignalError.unknownPreKey(id: 1)) { try self.bobReads(message) }
        bob.signedPreKeys[1] = nil
        #expect(bob == before)
        bob.signedPreKeys[1] = signed
        bob.preKeys[1] = preKey
        #expect(try bobReads(message).plaintext == [1])
    }

    @Test func forgedBundlesAreRefused() throws {
        let genuine = try bob.bundle(preKeyID: 1)
        var signature = genuine.signedPreKeySignature
        signature[10] ^= 1
        let before = alice
        let forged = PreKeyBundle(
            registrationID: 1, identity: genuine.identity, signedPreKeyID: 1, signedPreKey: genuine.signedPreKey,
            signedPreKeySignature: signature, preKey: nil)
        #expect(throws: SignalError.badSignature) {
            try SessionCipher.startSession(with: forged, address: self.bobAddress, in: &self.alice, using: &self.rng)
        }
        let zero = try #require(PublicKey(raw: [UInt8](repeating: 0, count: 32)))
        let weak = PreKeyBundle(
            registrationID: 1, identity: genuine.identity, signedPreKeyID: 1, signedPreKey: genuine.signedPreKey,
            signedPreKeySignature: genuine.signedPreKeySignature, preKey: (1, zero))
        #expect(throws: SignalError.invalidKey) {
            try SessionCipher.startSession(with: weak, address: self.bobAddress, in: &self.alice, using: &self.rng)
        }
        #expect(alice == before)
    }

    @Test func bothStartAtOnceAndMeet() throws {
        try aliceStarts()
        try SessionCipher.startSession(with: alice.bundle(preKeyID: 1), address: aliceAddress, in: &bob, using: &rng)
        let fromAlice = try aliceSends([1])
        let fromBob = try bobSends([2])
        #expect(try bobReads(fromAlice).plaintext == [1])
        #expect(try aliceReads(fromBob).plaintext == [2])
        for turn in 3..<(3 + UInt8(4)) {
            #expect(try bobReads(aliceSends([turn])).plaintext == [turn])
            #expect(try aliceReads(bobSends([turn])).plaintext == [turn])
        }
        let aliceBase = try alice.sessionRecord(for: bobAddress)?.baseKey
        #expect(try aliceBase != nil && aliceBase == bob.sessionRecord(for: aliceAddress)?.baseKey)
    }

    @Test func aNewIdentityIsTrustedReportedAndNotTakenBackByLateMessages() throws {
        try aliceStarts()
        _ = try bobReads(aliceSends([1]))
        _ = try aliceReads(bobSends([2]))
        let late = try aliceSends([3])
        let oldIdentity = alice.localIdentity.publicKey
        alice = MemoryStore(preKeys: 5, using: &rng)
        try aliceStarts(preKeyID: 2)
        let result = try bobReads(aliceSends([4]))
        #expect(result.newIdentity == IdentityChange(old: oldIdentity, new: alice.localIdentity.publicKey))
        let read = try bobReads(late)
        #expect(read.plaintext == [3] && read.newIdentity == nil)
        #expect(bob.identities[aliceAddress] == alice.localIdentity.publicKey)
        #expect(try aliceReads(bobSends([5])).plaintext == [5])
    }

    @Test func startingWithANewIdentityReportsIt() throws {
        try aliceStarts()
        let oldIdentity = bob.localIdentity.publicKey
        bob = MemoryStore(preKeys: 5, using: &rng)
        // The service said that the identity changed: the session that stands would reach nobody.
        alice.identities[bobAddress] = bob.localIdentity.publicKey
        #expect(throws: SignalError.noSession) { try self.aliceSends([1]) }
        #expect(try !SessionCipher.hasSession(for: bobAddress, in: alice))
        alice.identities[bobAddress] = oldIdentity
        let change = try SessionCipher.startSession(with: bob.bundle(preKeyID: 1), address: bobAddress, in: &alice, using: &rng)
        #expect(change == IdentityChange(old: oldIdentity, new: bob.localIdentity.publicKey))
        #expect(try bobReads(aliceSends([2])).plaintext == [2])
    }

    @Test func anArchivedSessionThatIsUsedComesBack() throws {
        try aliceStarts()
        _ = try bobReads(aliceSends([1]))
        let late = try bobSends([2])
        try aliceStarts(preKeyID: 2)
        let newBase = try alice.sessionRecord(for: bobAddress)?.baseKey
        #expect(try aliceReads(late).plaintext == [2])
        let record = try #require(try alice.sessionRecord(for: bobAddress))
        #expect(record.baseKey != newBase && record.archived.map(\.baseKey) == [newBase])
        #expect(try bobReads(aliceSends([3])).plaintext == [3])
    }

    @Test func archivingStopsSendingButNotReading() throws {
        try aliceStarts()
        _ = try bobReads(aliceSends([1]))
        var record = try #require(try alice.sessionRecord(for: bobAddress))
        record.archiveCurrentSession()
        record.archiveCurrentSession()
        #expect(!record.hasCurrentSession && record.archived.count == 1 && record.remoteRegistrationID == nil)
        try alice.saveSessionRecord(record, for: bobAddress)
        #expect(throws: SignalError.noSession) { try self.aliceSends([2]) }
        #expect(try aliceReads(bobSends([3])).plaintext == [3])
        #expect(try aliceSends([4]).type == .message)
    }

    @Test func senderKeyMessagesDoNotBelongHere() throws {
        #expect(throws: SignalError.invalidMessage) { try self.bobReads(Ciphertext(type: .senderKey, bytes: [0x33, 1, 2])) }
    }
}
