/// Which kind of encrypted message; the raw value is the `type` attribute of `<enc>`.
package enum CiphertextType: String, Sendable {
    /// A message of a session that both sides hold.
    case message = "msg"
    /// A message that also carries what the receiver needs to make the session.
    case preKeyMessage = "pkmsg"
    /// A message of a group, encrypted once for all members.
    case senderKey = "skmsg"
}

/// An encrypted message, as `<enc>` carries it.
package struct Ciphertext: Equatable, Sendable {
    /// How to read `bytes`.
    package let type: CiphertextType
    /// The framed message: version byte, protobuf, code or signature.
    package let bytes: [UInt8]

    /// A message to send, or one that arrived; nothing is checked yet.
    package init(type: CiphertextType, bytes: [UInt8]) {
        self.type = type
        self.bytes = bytes
    }
}
