import Signal
import WhatsApp

/// A conversation of two devices, and a group key of the one at the other, with messages that the other has not read yet.
struct SignalConversation {
    static let alice = SignalAddress(name: "1", deviceID: 0)
    static let bob = SignalAddress(name: "2", deviceID: 0)
    static let group = SenderKeyName(group: "120363@g.us", sender: alice)
    static let plaintext: [UInt8] = [1, 2, 3]

    /// Bob before anything, who can read `first`.
    let fresh: SignalMemory
    /// Bob with a session, who can read `later`, and with Alice's group key, who can read `groupMessages`.
    let established: SignalMemory
    let aliceStore: SignalMemory
    let first: [UInt8]
    let later: [[UInt8]]
    let distribution: [UInt8]
    let groupMessages: [[UInt8]]

    init() throws {
        var rng = Jitter(seed: 11)
        var (alice, bob) = (SignalMemory(using: &rng), SignalMemory(using: &rng))
        fresh = bob
        try SessionCipher.startSession(with: bob.bundle, address: Self.bob, in: &alice, using: &rng)
        first = try SessionCipher.encrypt(Self.plaintext, to: Self.bob, in: &alice).bytes
        _ = try SessionCipher.decrypt(Ciphertext(type: .preKeyMessage, bytes: first), from: Self.alice, in: &bob, using: &rng)
        let reply = try SessionCipher.encrypt(Self.plaintext, to: Self.alice, in: &bob)
        _ = try SessionCipher.decrypt(reply, from: Self.bob, in: &alice, using: &rng)
        later = try (0..<4).map { _ in try SessionCipher.encrypt(Self.plaintext, to: Self.bob, in: &alice).bytes }
        distribution = try GroupCipher.distribution(for: Self.group, in: &alice, using: &rng)
        groupMessages = try (0..<4).map { _ in try GroupCipher.encrypt(Self.plaintext, as: Self.group, in: &alice, using: &rng).bytes }
        try GroupCipher.process(distribution: distribution, from: Self.group, in: &bob)
        (established, aliceStore) = (bob, alice)
    }
}
