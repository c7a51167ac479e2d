package import Model

/// A message that is about to become a row of `wa_messages`.
package struct NewMessage: Sendable {
    package var sessionID: Int64
    /// Own JID, so that the logs of two numbers never mix; nil while not paired.
    package var ownJID: JID?
    /// The chat, from ``ContactTable/resolve(_:pushName:session:)``.
    package var contactID: Int64
    /// In groups, who wrote it; nil for our own.
    package var participantContactID: Int64?
    package var messageID: String
    package var source: MessageSource
    package var type: MessageType
    package var content: String?
    /// When it was accepted, or, inbound, written.
    package var at: Timestamp
    /// 32 bytes, the key for votes and reactions on the message.
    package var secret: [UInt8]?
    /// What else is known of it, as JSON; from `MessageDetails.text`.
    package var details: String?

    package init(
        sessionID: Int64, ownJID: JID?, contactID: Int64, participantContactID: Int64? = nil, messageID: String, source: MessageSource,
        type: MessageType, content: String?, at: Timestamp, secret: [UInt8]? = nil, details: String? = nil
    ) {
        self.sessionID = sessionID
        self.ownJID = ownJID
        self.contactID = contactID
        self.participantContactID = participantContactID
        self.messageID = messageID
        self.source = source
        self.type = type
        self.content = content
        self.at = at
        self.secret = secret
        self.details = details
    }
}
