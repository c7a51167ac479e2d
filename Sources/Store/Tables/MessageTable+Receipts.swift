package import Model

// Messages of ours to groups: delivered when all have them, read when all have read them.
extension MessageTable {
    /// Notes whom a message goes to.
    /// - Parameter members: bare, as the group addresses them, without this account.
    package func expectReceipts(from members: [JID], messageRow: Int64) throws(StoreError) {
        for member in members {
            _ = try database.run(
                "INSERT IGNORE INTO wa_message_receipts (message_row_id, member_jid) VALUES (?, ?)",
                [.integer(messageRow), .text(member.bare.description)])
        }
    }

    /// Whom a message went to, bare; as the group addressed them then.
    package func expectedReceipts(messageRow: Int64) throws(StoreError) -> Set<JID> {
        let rows = try database.run("SELECT member_jid FROM wa_message_receipts WHERE message_row_id = ?", [.integer(messageRow)]).rows
        let texts = try rows.map { row throws(StoreError) in try row.text("member_jid") }
        return Set(texts.compactMap(JID.init(parsing:)))
    }

    /// A member has got (or read) messages of ours; moves them forward once all members have who are still in the group.
    /// - Parameters:
    ///   - names: the member's addresses, bare.
    ///   - contact: the group's chat.
    /// - Returns: the messages that changed, as they are now.
    package func advanceStatus(
        _ messageIDs: [String], to status: MessageStatus, by names: [JID], in group: JID, contact: Int64, at now: Timestamp, session: Int64
    ) throws(StoreError) -> [MessageRow] {
        try database.atomically { () throws(StoreError) in
            var changed: [MessageRow] = []
            for messageID in messageIDs {
                for row in try outbound(messageID, contact: contact, session: session) {
                    for name in names { try note(status, by: name, messageRow: row.id, at: now) }
                    guard let reached = try reached(messageRow: row.id, group: group, session: session) else { continue }
                    changed += try advanceStatus([messageID], to: reached, contact: contact, at: now, session: session)
                }
            }
            return changed
        }
    }

    private func note(_ status: MessageStatus, by name: JID, messageRow: Int64, at now: Timestamp) throws(StoreError) {
        let read: SQLValue = status == .read ? .moment(now) : .null
        _ = try database.run(
            """
            UPDATE wa_message_receipts SET delivered_at = COALESCE(delivered_at, ?), read_at = COALESCE(read_at, ?)
            WHERE message_row_id = ? AND member_jid = ?
            """, [.moment(now), read, .integer(messageRow), .text(name.bare.description)])
    }

    /// What all members have reached; nil where somebody has not even got the message, or nobody was noted.
    private func reached(messageRow: Int64, group: JID, session: Int64) throws(StoreError) -> MessageStatus? {
        let rows = try database.run(
            """
            SELECT COUNT(*) AS noted, SUM(r.delivered_at IS NULL AND m.member_jid IS NOT NULL) AS undelivered,
            SUM(r.read_at IS NULL AND m.member_jid IS NOT NULL) AS unread FROM wa_message_receipts r
            LEFT JOIN wa_group_members m ON m.session_id = ? AND m.group_jid = ? AND (m.member_jid = r.member_jid OR m.other_jid = r.member_jid)
            WHERE r.message_row_id = ?
            """, [.integer(session), .text(group.description), .integer(messageRow)]
        ).rows
        guard let row = rows.first, try row.integer("noted") > 0, try row.optionalInteger("undelivered") ?? 0 == 0 else { return nil }
        return try row.optionalInteger("unread") ?? 0 == 0 ? .read : .delivered
    }
}
