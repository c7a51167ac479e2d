package import Model
import WAProto

/// The message that another one is about, as the other one's key names it.
package struct MessageReference: Equatable, Sendable {
    package let messageID: String
    /// By whoever wrote the message with the key.
    package let isBySameSender: Bool
    /// In groups, who wrote it, where the key tells.
    package let participant: JID?

    /// nil where the id can be no message's.
    init?(_ key: WAMessageKey) {
        guard MessageID.isUsable(key.id) else { return nil }
        messageID = key.id
        isBySameSender = key.fromMe
        participant = key.participant.isEmpty ? nil : JID(parsing: key.participant)?.bare
    }
}

/// What is done to an earlier message. Whether the sender may do so is for the log to say.
package enum IncomingChange: Sendable {
    /// Empty takes the reaction back.
    case reaction(String, to: MessageReference)
    case edit(MessageType, String?, of: MessageReference)
    case deletion(of: MessageReference)
    /// Readable with the secret of the message that it is about.
    case sealed(SealedChange)
    /// The chat's messages disappear after so many seconds from now on; 0: they stay.
    case expiration(UInt32, setAt: Timestamp?)
}
