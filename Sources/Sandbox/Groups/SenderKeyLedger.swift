import CryptoPrimitives

/// Remembers what can be seen of sender keys: who was given which, and which steps were used.
struct SenderKeyLedger: Sendable {
    struct Key: Hashable, Sendable {
        let sender: DeviceAddress
        /// The group's id.
        let group: String
        let keyID: UInt32
    }

    private struct Use {
        var holders: Set<DeviceAddress> = []
        /// The key was in use before this process began: who has it can not be known.
        var isOlder: Bool
        var digests: [UInt32: [UInt8]] = [:]
    }

    private var uses: [Key: Use] = [:]

    /// - Parameter given: devices that this message carries the key for.
    /// - Returns: who has the key by now; nil where that is not known.
    /// - Throws: where this step of the chain was used for other bytes.
    mutating func record(_ envelope: SenderKeyEnvelope, _ key: Key, given: Set<DeviceAddress>) throws(Refusal) -> Set<DeviceAddress>? {
        var use = uses[key] ?? Use(isOlder: envelope.iteration > 0)
        let digest = SHA256.hash(envelope.bytes)
        if let earlier = use.digests[envelope.iteration], earlier != digest {
            throw .message(code: 400, "iteration \(envelope.iteration) of sender key \(envelope.keyID) was used before, for other bytes")
        }
        use.digests[envelope.iteration] = digest
        use.holders.formUnion(given)
        uses[key] = use
        return use.isOlder ? nil : use.holders
    }
}
