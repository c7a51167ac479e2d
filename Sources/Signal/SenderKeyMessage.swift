import CryptoPrimitives
import SwiftProtobuf
import WAProto

/// A group message: 33 ‖ protobuf ‖ signature (64 bytes).
struct SenderKeyMessage: Equatable, Sendable {
    /// Which sender key.
    let id: UInt32
    /// Which message of its chain.
    let iteration: UInt32
    /// AES-CBC ciphertext.
    let ciphertext: [UInt8]
    /// The whole message.
    let bytes: [UInt8]

    /// Reads the frame; the signature is checked later, because its key depends on the id.
    /// - Throws: `unsupportedVersion`, `invalidMessage`.
    init(_ bytes: [UInt8]) throws(SignalError) {
        let body = try MessageVersion.strip(bytes)
        guard body.count > XEdDSA.signatureLength else { throw .invalidMessage }
        guard let message = try? WASignalSenderKeyMessage(serializedBytes: Array(body.dropLast(XEdDSA.signatureLength))),
            message.hasID, message.hasIteration, message.hasCiphertext
        else { throw .invalidMessage }
        id = message.id
        iteration = message.iteration
        ciphertext = [UInt8](field: message.ciphertext)
        self.bytes = bytes
    }

    /// Frames and signs a message to send.
    init(
        id: UInt32, iteration: UInt32, ciphertext: [UInt8], signedBy pair: KeyPair,
        using rng: inout some RandomNumberGenerator
    ) throws(SignalError) {
        var message = WASignalSenderKeyMessage()
        message.id = id
        message.iteration = iteration
        message.ciphertext = ciphertext.asField()
        guard let body: [UInt8] = try? message.serializedBytes() else { throw .invalidMessage }
        let framed = [MessageVersion.byte] + body
        self.id = id
        self.iteration = iteration
        self.ciphertext = ciphertext
        bytes = framed + pair.sign(framed, using: &rng)
    }

    func isSigned(by key: PublicKey) -> Bool {
        key.verifies(Array(bytes.suffix(XEdDSA.signatureLength)), of: Array(bytes.dropLast(XEdDSA.signatureLength)))
    }
}
