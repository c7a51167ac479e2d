import CryptoPrimitives
import FoundationEssentials
import Signal
import SwiftProtobuf
import WAProto

/// The outside of an encrypted message: what can be seen and checked without its keys.
/// Source: protocol notes on the Signal layer, section 4.
struct Envelope: Equatable, Sendable {
    struct First: Equatable, Sendable {
        let registrationID: UInt32
        let preKeyID: UInt32?
        let signedPreKeyID: UInt32
        let identity: PublicKey
    }

    /// Set for a pre-key message.
    let first: First?
    let ratchetKey: PublicKey
    let counter: UInt32

    /// Version 3 in both halves of the first byte.
    private static let version: UInt8 = 0x33
    private static let codeLength = 8

    init(type: String, bytes: [UInt8]) throws(Refusal) {
        guard bytes.first == Self.version else { throw .message(code: 400, "the ciphertext does not begin with version 3") }
        guard type == "pkmsg" else {
            first = nil
            (ratchetKey, counter) = try Self.inner(bytes)
            return
        }
        guard let outer = try? WASignalPreKeySignalMessage(serializedBytes: Array(bytes.dropFirst())) else {
            throw .message(code: 400, "the pre-key message is unreadable")
        }
        guard let identity = PublicKey(typed: Array(outer.identityKey)), PublicKey(typed: Array(outer.baseKey)) != nil,
            outer.hasSignedPreKeyID
        else { throw .message(code: 400, "the pre-key message lacks identity, base key or signed key id") }
        guard outer.message.first == Self.version else { throw .message(code: 400, "the inner message does not begin with version 3") }
        first = First(
            registrationID: outer.registrationID, preKeyID: outer.hasPreKeyID ? outer.preKeyID : nil, signedPreKeyID: outer.signedPreKeyID,
            identity: identity)
        (ratchetKey, counter) = try Self.inner(Array(outer.message))
    }

    private static func inner(_ bytes: [UInt8]) throws(Refusal) -> (PublicKey, UInt32) {
        guard bytes.count > 1 + codeLength,
            let message = try? WASignalSignalMessage(serializedBytes: Array(bytes.dropFirst().dropLast(codeLength))),
            message.hasCounter, message.hasPreviousCounter, let key = PublicKey(typed: Array(message.ratchetKey))
        else { throw .message(code: 400, "the message is unreadable, or lacks ratchet key or counters") }
        guard !message.ciphertext.isEmpty, message.ciphertext.count % 16 == 0 else {
            throw .message(code: 400, "the ciphertext is not whole AES blocks")
        }
        return (key, message.counter)
    }
}

/// Remembers which counters were seen between two devices: one counter of a chain must never carry two plaintexts.
struct CiphertextLedger: Sendable {
    private struct Pair: Hashable { let sender, receiver: DeviceAddress }
    private struct Step: Hashable { let ratchetKey: PublicKey; let counter: UInt32 }
    private struct Seen {
        private var digests: [Step: [UInt8]] = [:]
        private var order: [Step] = []

        /// - Returns: false where the step was used for other bytes.
        mutating func record(_ step: Step, _ digest: [UInt8]) -> Bool {
            if let earlier = digests[step] { return earlier == digest }
            digests[step] = digest
            order.append(step)
            if order.count > CiphertextLedger.capacity { digests[order.removeFirst()] = nil }
            return true
        }
    }

    /// Steps remembered for each pair.
    static let capacity = 2_000
    private var pairs: [Pair: Seen] = [:]

    /// - Throws: where this step of the ratchet was used for other bytes.
    mutating func record(_ envelope: Envelope, _ bytes: [UInt8], from sender: DeviceAddress, to receiver: DeviceAddress) throws(Refusal) {
        let step = Step(ratchetKey: envelope.ratchetKey, counter: envelope.counter)
        guard pairs[Pair(sender: sender, receiver: receiver), default: Seen()].record(step, SHA256.hash(bytes)) else {
            throw .message(code: 400, "counter \(envelope.counter) towards \(receiver) was used before, for other bytes")
        }
    }
}
