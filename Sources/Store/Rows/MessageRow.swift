package import Model

/// A row of `wa_messages` with what the API shows of its chat.
package struct MessageRow: Sendable, Equatable {
    package let id: Int64
    package let sessionID: Int64
    package let ownJID: String
    /// The chat.
    package let contactID: Int64
    package let participantContactID: Int64?
    package let messageID: String
    /// The chat's JID, by phone number whenever it is known.
    package let remoteJID: String
    /// The chat's LID as digits, where it is known.
    package let remoteLID: String?
    package let remoteName: String?
    package let isGroup: Bool
    package let direction: MessageDirection
    package let source: MessageSource
    package let type: MessageType
    package let content: String?
    package private(set) var status: MessageStatus
    package private(set) var errorCode: String?
    package private(set) var error: String?
    package let createdAt: Timestamp
    package private(set) var sentAt: Timestamp?
    package private(set) var deliveredAt: Timestamp?
    package private(set) var readAt: Timestamp?
    /// What else is known of it, as JSON; see `MessageDetails`.
    package let details: String?
    package let editedAt: Timestamp?
    package let deletedAt: Timestamp?

    /// Of `wa_messages m` and the chat, `wa_contacts c`.
    static let columns = """
        m.id, m.session_id, m.own_jid, m.contact_id, m.participant_contact_id, m.message_id, m.direction, m.source, m.message_type, \
        m.content, m.status, m.error_code, m.error, m.created_at, m.sent_at, m.delivered_at, m.read_at, m.details, m.edited_at, m.deleted_at, \
        c.name, c.phone_number, c.lid, c.group_jid, c.is_group
        """
    static let select = "SELECT \(columns) FROM wa_messages m JOIN wa_contacts c ON c.id = m.contact_id"

    init(_ row: Row) throws(StoreError) {
        id = try row.integer("id")
        sessionID = try row.integer("session_id")
        ownJID = try row.text("own_jid")
        contactID = try row.integer("contact_id")
        participantContactID = try row.optionalInteger("participant_contact_id")
        messageID = try row.text("message_id")
        let number = try row.optionalText("phone_number")
        remoteLID = try row.optionalText("lid")
        let groupJID = try row.optionalText("group_jid")
        remoteJID =
            groupJID ?? number.map { "\($0)@\(JID.Server.phoneNumber.rawValue)" }
            ?? remoteLID.map { "\($0)@\(JID.Server.lid.rawValue)" } ?? ""
        remoteName = try row.optionalText("name")
        isGroup = try row.flag("is_group")
        direction = try row.word("direction", as: MessageDirection.self)
        source = try row.word("source", as: MessageSource.self)
        type = try row.word("message_type", as: MessageType.self)
        content = try row.optionalText("content")
        status = try row.word("status", as: MessageStatus.self)
        errorCode = try row.optionalText("error_code")
        error = try row.optionalText("error")
        createdAt = try row.moment("created_at")
        sentAt = try row.optionalMoment("sent_at")
        deliveredAt = try row.optionalMoment("delivered_at")
        readAt = try row.optionalMoment("read_at")
        details = try row.optionalText("details")
        editedAt = try row.optionalMoment("edited_at")
        deletedAt = try row.optionalMoment("deleted_at")
    }
}

extension MessageRow {
    /// The row after it moved forward. A receipt may come before the server's ack, so that later states imply the earlier ones.
    func advanced(to status: MessageStatus, error: (code: String, text: String)?, at now: Timestamp) -> MessageRow {
        var row = self
        (row.status, row.errorCode, row.error) = (status, error?.code.clipped(to: 64), error?.text.clipped(to: 1_000))
        if status.rank >= MessageStatus.sent.rank { row.sentAt = sentAt ?? now }
        if status.rank >= MessageStatus.delivered.rank { row.deliveredAt = deliveredAt ?? now }
        if status.rank >= MessageStatus.read.rank { row.readAt = readAt ?? now }
        return row
    }
}
