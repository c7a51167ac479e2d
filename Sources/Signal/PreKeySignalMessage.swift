import SwiftProtobuf
import WAProto

/// A message that carries what its receiver needs to make the session: 33 ‖ protobuf with a whole `SignalMessage` inside.
struct PreKeySignalMessage: Equatable, Sendable {
    /// The sender's registration number.
    let registrationID: UInt32
    /// Which of the receiver's one-time pre-keys was used; nil where there was none.
    let preKeyID: UInt32?
    /// Which of the receiver's signed pre-keys was used.
    let signedPreKeyID: UInt32
    /// The key that the sender made for this session; it names the session on both sides.
    let baseKey: PublicKey
    /// The sender's identity.
    let identity: PublicKey
    /// The message proper.
    let message: SignalMessage

    /// Reads the frame and the message inside.
    /// - Throws: `unsupportedVersion`, `invalidMessage`, `invalidKey`.
    init(_ bytes: [UInt8]) throws(SignalError) {
        let body = try MessageVersion.strip(bytes)
        guard let outer = try? WASignalPreKeySignalMessage(serializedBytes: Array(body)), outer.hasMessage,
            outer.hasSignedPreKeyID
        else { throw .invalidMessage }
        guard let baseKey = PublicKey(field: outer.baseKey), let identity = PublicKey(field: outer.identityKey) else {
            throw .invalidKey
        }
        registrationID = outer.registrationID
        preKeyID = outer.hasPreKeyID ? outer.preKeyID : nil
        signedPreKeyID = outer.signedPreKeyID
        self.baseKey = baseKey
        self.identity = identity
        message = try SignalMessage([UInt8](field: outer.message))
    }

    /// A message to send.
    init(
        registrationID: UInt32, preKeyID: UInt32?, signedPreKeyID: UInt32, baseKey: PublicKey, identity: PublicKey,
        message: SignalMessage
    ) {
        self.registrationID = registrationID
        self.preKeyID = preKeyID
        self.signedPreKeyID = signedPreKeyID
        self.baseKey = baseKey
        self.identity = identity
        self.message = message
    }

    /// The framed message.
    func serialized() throws(SignalError) -> [UInt8] {
        var outer = WASignalPreKeySignalMessage()
        if let preKeyID { outer.preKeyID = preKeyID }
        outer.baseKey = baseKey.typed.asField()
        outer.identityKey = identity.typed.asField()
        outer.message = message.bytes.asField()
        outer.registrationID = registrationID
        outer.signedPreKeyID = signedPreKeyID
        guard let body: [UInt8] = try? outer.serializedBytes() else { throw .invalidMessage }
        return [MessageVersion.byte] + body
    }
}
