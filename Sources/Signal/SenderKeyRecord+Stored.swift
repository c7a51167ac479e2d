import SwiftProtobuf
import WAProto

extension SenderKeyRecord {
    /// Reads the stored form.
    /// - Throws: `corruptRecord`.
    package init(serialized: [UInt8]) throws(SignalError) {
        guard let stored = try? WASignalSenderKeyRecordStructure(serializedBytes: serialized) else { throw .corruptRecord }
        self.init()
        for state in stored.senderKeyStates.prefix(SignalLimits.senderKeyStates) {
            states.append(try SenderKeyState(stored: state))
        }
    }

    /// The form to store; seal it, it holds private keys.
    package func serialized() -> [UInt8] {
        var stored = WASignalSenderKeyRecordStructure()
        stored.senderKeyStates = states.map(\.stored)
        // Serialising fails only for missing required fields, and these messages have none.
        return (try? stored.serializedBytes()) ?? []
    }
}

extension SenderKeyState {
    fileprivate init(stored: WASignalSenderKeyStateStructure) throws(SignalError) {
        guard stored.hasSenderKeyID, stored.senderChainKey.seed.count == 32,
            let signingKey = PublicKey(field: stored.senderSigningKey.public)
        else { throw .corruptRecord }
        var pair: KeyPair?
        if stored.senderSigningKey.hasPrivate {
            pair = try? KeyPair(privateKey: [UInt8](field: stored.senderSigningKey.private))
            guard pair?.publicKey == signingKey else { throw .corruptRecord }
        }
        var entries: [SkippedKeys.Entry] = []
        for key in stored.senderMessageKeys.suffix(SignalLimits.skippedKeys) {
            guard key.seed.count == 32 else { throw .corruptRecord }
            entries.append(SkippedKeys.Entry(index: key.iteration, seed: [UInt8](field: key.seed)))
        }
        let chain = ChainKey(key: [UInt8](field: stored.senderChainKey.seed), index: stored.senderChainKey.iteration)
        self.init(
            id: stored.senderKeyID, chain: chain, signingKey: signingKey, signingPair: pair, skipped: SkippedKeys(entries),
            begin: stored.begin)
    }

    fileprivate var stored: WASignalSenderKeyStateStructure {
        var stored = WASignalSenderKeyStateStructure()
        stored.senderKeyID = id
        stored.senderChainKey.iteration = chain.index
        stored.senderChainKey.seed = chain.key.asField()
        if begin > 0 { stored.begin = begin }
        stored.senderSigningKey.public = signingKey.typed.asField()
        if let signingPair { stored.senderSigningKey.private = signingPair.privateKey.asField() }
        stored.senderMessageKeys = skipped.entries.map { entry in
            var key = WASignalSenderKeyStateStructure.SenderMessageKey()
            key.iteration = entry.index
            key.seed = entry.seed.asField()
            return key
        }
        return stored
    }
}
