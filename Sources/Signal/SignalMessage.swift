import CryptoPrimitives
import SwiftProtobuf
import WAProto

/// A message of an established session: 33 ‖ protobuf ‖ code (8 bytes).
struct SignalMessage: Equatable, Sendable {
    /// The sender's current ratchet key.
    let ratchetKey: PublicKey
    /// Which message of the chain that began with that key.
    let counter: UInt32
    /// AES-CBC ciphertext.
    let ciphertext: [UInt8]
    /// The whole message.
    let bytes: [UInt8]

    /// Reads the frame; the code is checked later, with `hasCode`, because its key depends on the session.
    /// - Throws: `unsupportedVersion`, `invalidMessage`, `invalidKey`.
    init(_ bytes: [UInt8]) throws(SignalError) {
        let body = try MessageVersion.strip(bytes)
        guard body.count > SignalLimits.macLength else { throw .invalidMessage }
        guard let message = try? WASignalSignalMessage(serializedBytes: Array(body.dropLast(SignalLimits.macLength))),
            message.hasCounter, message.hasCiphertext
        else { throw .invalidMessage }
        guard let ratchetKey = PublicKey(field: message.ratchetKey) else { throw .invalidKey }
        self.ratchetKey = ratchetKey
        counter = message.counter
        ciphertext = [UInt8](field: message.ciphertext)
        self.bytes = bytes
    }

    /// Frames a message to send.
    init(
        ratchetKey: PublicKey, counter: UInt32, previousCounter: UInt32, ciphertext: [UInt8],
        macKey: [UInt8], sender: PublicKey, receiver: PublicKey
    ) throws(SignalError) {
        var message = WASignalSignalMessage()
        message.ratchetKey = ratchetKey.typed.asField()
        message.counter = counter
        message.previousCounter = previousCounter
        message.ciphertext = ciphertext.asField()
        guard let body: [UInt8] = try? message.serializedBytes() else { throw .invalidMessage }
        let framed = [MessageVersion.byte] + body
        self.ratchetKey = ratchetKey
        self.counter = counter
        self.ciphertext = ciphertext
        bytes = framed + Self.code(of: framed, macKey: macKey, sender: sender, receiver: receiver)
    }

    /// Whether the code at the end was made with this key between these identities.
    func hasCode(macKey: [UInt8], sender: PublicKey, receiver: PublicKey) -> Bool {
        let framed = Array(bytes.dropLast(SignalLimits.macLength))
        let code = Self.code(of: framed, macKey: macKey, sender: sender, receiver: receiver)
        return ConstantTime.equal(code, Array(bytes.suffix(SignalLimits.macLength)))
    }

    private static func code(
        of framed: [UInt8], macKey: [UInt8], sender: PublicKey, receiver: PublicKey
    ) -> [UInt8] {
        Array(HMAC.sha256(sender.typed + receiver.typed + framed, key: macKey).prefix(SignalLimits.macLength))
    }
}
