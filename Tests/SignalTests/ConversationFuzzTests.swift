import Testing

@testable import Signal

/// Two devices and a network that loses, reorders and repeats messages, while either side starts sessions anew or is
/// installed anew. Every message that arrives for the first time is read; none is read twice.
final class ConversationFuzzTests {
    struct Envelope {
        let message: Ciphertext
        let plaintext: [UInt8]
        /// How many messages had gone the other way when this one was sent: its age in turns of the ratchet.
        let sentAt: Int
        /// Which installation of the receiver it was encrypted for.
        let receiver: PublicKey
    }

    struct Device {
        var store: MemoryStore
        let address: SignalAddress
        var inbox: [Envelope] = []
        var seen: [Envelope] = []
        var received = 0
        var nextPreKey: UInt32 = 1
    }

    /// Turns after which a message counts as lost: the receiver keeps five chains.
    static let patience = 4

    var devices: [Device]
    var rng: SeededGenerator
    var nextPlaintext = 0
    var read = 0
    var repeated = 0
    var changes = 0

    init() {
        rng = SeededGenerator(state: 0)
        devices = []
    }

    func begin(seed: UInt64) {
        rng = SeededGenerator(state: seed)
        devices = ["alice", "bob"].map { name in
            Device(store: MemoryStore(preKeys: 0, using: &self.rng), address: SignalAddress(name: name, deviceID: 0))
        }
        (nextPlaintext, read, repeated, changes) = (0, 0, 0, 0)
    }

    @Test(arguments: [1, 2, 3, 4, 5])
    func thousandsOfSteps(seed: UInt64) throws {
        begin(seed: seed)
        for _ in 0..<2000 { try step(Int.random(in: 0...1, using: &rng)) }
        #expect(read > 500 && repeated > 50 && changes > 2)
        try quietDown()
    }

    func step(_ side: Int) throws {
        switch Int.random(in: 0..<200, using: &rng) {
        case 0: reinstall(side)
        case 1..<5: try start(side)
        case 5..<90: try send(side)
        case 90..<170: try deliver(side)
        case 170..<180: try repeatOne(side)
        default: loseOne(side)
        }
    }

    func reinstall(_ side: Int) {
        devices[side].store = MemoryStore(preKeys: 0, using: &rng)
        devices[side].seen = []
        devices[side].nextPreKey = 1
        changes += 1
    }

    func start(_ side: Int) throws {
        let other = 1 - side
        let id = devices[other].nextPreKey
        devices[other].nextPreKey += 1
        let preKey = PreKey.generate(id: id, using: &rng)
        devices[other].store.preKeys[id] = preKey
        let bundle = try devices[other].store.bundle(preKeyID: Bool.random(using: &rng) ? id : nil)
        try SessionCipher.startSession(with: bundle, address: devices[other].address, in: &devices[side].store, using: &rng)
    }

    func send(_ side: Int) throws {
        let other = 1 - side
        let address = devices[other].address
        if try !SessionCipher.hasSession(for: address, in: devices[side].store) { try start(side) }
        nextPlaintext += 1
        let plaintext = Array("message \(nextPlaintext)".utf8)
        let message = try SessionCipher.encrypt(plaintext, to: address, in: &devices[side].store)
        let receiver = try #require(devices[side].store.identities[address])
        devices[other].inbox.append(
            Envelope(message: message, plaintext: plaintext, sentAt: devices[side].received, receiver: receiver))
    }

    func deliver(_ side: Int) throws {
        let now = devices[1 - side].received
        devices[side].inbox.removeAll { now - $0.sentAt > Self.patience }
        guard let index = devices[side].inbox.indices.randomElement(using: &rng) else { return }
        let envelope = devices[side].inbox.remove(at: index)
        let before = devices[side].store
        guard envelope.receiver == before.localIdentity.publicKey else {
            // Meant for an installation that is gone: nobody can read it, and the sender has to start anew.
            #expect(throws: SignalError.self) { try self.decrypt(envelope, side) }
            #expect(devices[side].store == before)
            return try start(side)
        }
        #expect(try decrypt(envelope, side) == envelope.plaintext)
        devices[side].received += 1
        devices[side].seen = devices[side].seen.suffix(10) + [envelope]
        read += 1
    }

    func repeatOne(_ side: Int) throws {
        guard let envelope = devices[side].seen.randomElement(using: &rng) else { return }
        let before = devices[side].store
        #expect(throws: SignalError.self) { try self.decrypt(envelope, side) }
        #expect(devices[side].store == before)
        repeated += 1
    }

    func loseOne(_ side: Int) {
        guard let index = devices[side].inbox.indices.randomElement(using: &rng) else { return }
        devices[side].inbox.remove(at: index)
    }

    func decrypt(_ envelope: Envelope, _ side: Int) throws -> [UInt8] {
        let from = devices[1 - side].address
        return try SessionCipher.decrypt(envelope.message, from: from, in: &devices[side].store, using: &rng).plaintext
    }

    /// Once messages go to and fro in order, both sides settle on one session.
    func quietDown() throws {
        devices[0].inbox = []
        devices[1].inbox = []
        try start(0)
        for _ in 0..<4 {
            for side in [0, 1] {
                try send(side)
                try deliver(1 - side)
            }
        }
        let records = try devices.indices.map { try devices[$0].store.sessionRecord(for: devices[1 - $0].address) }
        #expect(records[0]?.baseKey != nil && records[0]?.baseKey == records[1]?.baseKey)
        #expect(records[0]?.current?.pendingPreKey == nil && records[1]?.current?.pendingPreKey == nil)
    }
}
