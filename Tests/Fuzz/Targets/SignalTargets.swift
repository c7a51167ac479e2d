@testable import Signal
import WhatsApp

/// Whatever arrives: the genuine plaintext, or an error and an unchanged store.
extension FuzzTarget {
    static let signalMessage = FuzzTarget(
        name: "signal-message", seeds: { try SignalConversation().later },
        prepare: {
            let conversation = try SignalConversation()
            return { input, rng in try read(.message, input, at: conversation.established, using: &rng) }
        })

    static let signalPreKeyMessage = FuzzTarget(
        name: "signal-pre-key-message", seeds: { try [SignalConversation().first] },
        prepare: {
            let conversation = try SignalConversation()
            return { input, rng in
                let store = Bool.random(using: &rng) ? conversation.fresh : conversation.established
                try read(.preKeyMessage, input, at: store, using: &rng)
            }
        })

    private static func read(_ type: CiphertextType, _ input: [UInt8], at before: SignalMemory, using rng: inout Jitter) throws {
        var store = before
        let message = Ciphertext(type: type, bytes: input)
        do {
            let read = try SessionCipher.decrypt(message, from: SignalConversation.alice, in: &store, using: &rng)
            guard read.plaintext == SignalConversation.plaintext else { throw FuzzFinding(rule: "a changed message is accepted") }
        } catch is SignalError {
            guard store == before else { throw FuzzFinding(rule: "a refused message leaves nothing behind") }
        }
    }

    /// Damaged messages, and absurd ones that their sender has signed.
    static let senderKeyMessage = FuzzTarget(
        name: "sender-key-message", seeds: { try SignalConversation().groupMessages },
        prepare: {
            let conversation = try SignalConversation()
            let own = conversation.aliceStore.senderKeyRecord(for: SignalConversation.group)?.states.first
            guard let own, let pair = own.signingPair else { throw FuzzFinding(rule: "the sender has a key") }
            return { input, rng in
                try readGroup(input, at: conversation.established)
                guard UInt8.random(in: 0..<8, using: &rng) == 0 else { return }
                let counter = ([0, 1, 4, 9, 2_000, 2_001, .max - 1, .max] as [UInt32]).randomElement(using: &rng) ?? 0
                let signed = try SenderKeyMessage(id: own.id, iteration: counter, ciphertext: input, signedBy: pair, using: &rng)
                var store = conversation.established
                _ = try? GroupCipher.decrypt(Ciphertext(type: .senderKey, bytes: signed.bytes), from: SignalConversation.group, in: &store)
            }
        })

    private static func readGroup(_ input: [UInt8], at before: SignalMemory) throws {
        var store = before
        do {
            let read = try GroupCipher.decrypt(Ciphertext(type: .senderKey, bytes: input), from: SignalConversation.group, in: &store)
            guard read == SignalConversation.plaintext else { throw FuzzFinding(rule: "a changed message is accepted") }
        } catch is SignalError {
            guard store == before else { throw FuzzFinding(rule: "a refused message leaves nothing behind") }
        }
    }

    static let senderKeyDistribution = FuzzTarget(
        name: "sender-key-distribution", seeds: { try [SignalConversation().distribution] },
        prepare: {
            let conversation = try SignalConversation()
            return { input, _ in
                var store = conversation.established
                guard (try? GroupCipher.process(distribution: input, from: SignalConversation.group, in: &store)) != nil else { return }
                let record = store.senderKeyRecord(for: SignalConversation.group)
                guard let record, record.states.count <= SignalLimits.senderKeyStates else { throw FuzzFinding(rule: "keys are bounded") }
                let message = Ciphertext(type: .senderKey, bytes: conversation.groupMessages[0])
                _ = try? GroupCipher.decrypt(message, from: SignalConversation.group, in: &store)
            }
        })

    /// Damaged rows of the database, and the next steps on what could be read of them.
    static let sessionRecord = FuzzTarget(
        name: "session-record",
        seeds: {
            let conversation = try SignalConversation()
            return [conversation.established.sessions[SignalConversation.alice], conversation.aliceStore.sessions[SignalConversation.bob]]
                .compactMap { $0?.serialized() }
        },
        prepare: {
            let conversation = try SignalConversation()
            return { input, rng in
                guard let record = try? SessionRecord(serialized: input) else { return }
                guard try SessionRecord(serialized: record.serialized()) == record else { throw FuzzFinding(rule: "a record reads back") }
                guard UInt8.random(in: 0..<4, using: &rng) == 0 else { return }
                var store = conversation.established
                store.sessions[SignalConversation.alice] = record
                _ = try? SessionCipher.encrypt([1], to: SignalConversation.alice, in: &store)
                let message = Ciphertext(type: .message, bytes: conversation.later.randomElement(using: &rng) ?? [])
                _ = try? SessionCipher.decrypt(message, from: SignalConversation.alice, in: &store, using: &rng)
            }
        })

    static let senderKeyRecord = FuzzTarget(
        name: "sender-key-record",
        seeds: {
            let conversation = try SignalConversation()
            return [conversation.established, conversation.aliceStore].compactMap { $0.senderKeys[SignalConversation.group]?.serialized() }
        },
        prepare: {
            let conversation = try SignalConversation()
            return { input, rng in
                guard let record = try? SenderKeyRecord(serialized: input) else { return }
                guard try SenderKeyRecord(serialized: record.serialized()) == record else { throw FuzzFinding(rule: "a record reads back") }
                guard UInt8.random(in: 0..<4, using: &rng) == 0 else { return }
                var store = conversation.established
                store.senderKeys[SignalConversation.group] = record
                _ = try? GroupCipher.encrypt([1], as: SignalConversation.group, in: &store, using: &rng)
                let message = Ciphertext(type: .senderKey, bytes: conversation.groupMessages.randomElement(using: &rng) ?? [])
                _ = try? GroupCipher.decrypt(message, from: SignalConversation.group, in: &store)
                _ = try? GroupCipher.process(distribution: conversation.distribution, from: SignalConversation.group, in: &store)
            }
        })

    static let padding = FuzzTarget(
        name: "padding", seeds: { try VectorBytes.all(["padded"], in: "messages.json") + [[UInt8](repeating: 255, count: 255)] },
        prepare: {
            { input, rng in
                if let plain = try? MessagePadding.unpad(input) {
                    guard plain.count < input.count, input.starts(with: plain) else {
                        throw FuzzFinding(rule: "padding is taken from the end")
                    }
                }
                guard try MessagePadding.unpad(MessagePadding.pad(input, using: &rng)) == input else {
                    throw FuzzFinding(rule: "padding comes off")
                }
            }
        })
}
