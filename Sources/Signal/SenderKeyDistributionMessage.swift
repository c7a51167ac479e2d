import SwiftProtobuf
import WAProto

/// What makes a sender key known to another device: 33 ‖ protobuf, sent inside of a pairwise message.
struct SenderKeyDistributionMessage: Equatable, Sendable {
    let id: UInt32
    /// Where the chain stands: earlier messages stay unreadable to the receiver.
    let chain: ChainKey
    let signingKey: PublicKey

    init(id: UInt32, chain: ChainKey, signingKey: PublicKey) {
        self.id = id
        self.chain = chain
        self.signingKey = signingKey
    }

    /// - Throws: `unsupportedVersion`, `invalidMessage`, `invalidKey`.
    init(_ bytes: [UInt8]) throws(SignalError) {
        let body = try MessageVersion.strip(bytes)
        guard let message = try? WASignalSenderKeyDistributionMessage(serializedBytes: Array(body)), message.hasID,
            message.hasIteration, message.chainKey.count == 32
        else { throw .invalidMessage }
        guard let signingKey = PublicKey(field: message.signingKey) else { throw .invalidKey }
        id = message.id
        chain = ChainKey(key: [UInt8](field: message.chainKey), index: message.iteration)
        self.signingKey = signingKey
    }

    func serialized() throws(SignalError) -> [UInt8] {
        var message = WASignalSenderKeyDistributionMessage()
        message.id = id
        message.iteration = chain.index
        message.chainKey = chain.key.asField()
        message.signingKey = signingKey.typed.asField()
        guard let body: [UInt8] = try? message.serializedBytes() else { throw .invalidMessage }
        return [MessageVersion.byte] + body
    }
}
