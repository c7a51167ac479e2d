package import Model

/// What became of a call.
package enum CallStatus: String, Sendable, CaseIterable {
    case ringing, rejected, accepted, missed, ended
}

/// A call that came in; a row of `wa_calls`.
package struct CallRow: Sendable, Equatable {
    package let id: Int64
    package let contactID: Int64
    package let callID: String
    /// Where the call came from and who began it, as WhatsApp addressed them.
    package let caller: String
    package let creator: String
    package let isVideo: Bool
    package let isGroup: Bool
    package let status: CallStatus
    package let reason: String?
    package let createdAt: Timestamp

    static let columns = "id, contact_id, call_id, caller_jid, creator_jid, is_video, is_group, status, reason, created_at"

    init(_ row: Row) throws(StoreError) {
        id = try row.integer("id")
        contactID = try row.integer("contact_id")
        callID = try row.text("call_id")
        caller = try row.text("caller_jid")
        creator = try row.text("creator_jid")
        isVideo = try row.flag("is_video")
        isGroup = try row.flag("is_group")
        status = try row.word("status", as: CallStatus.self)
        reason = try row.optionalText("reason")
        createdAt = try row.moment("created_at")
    }
}

/// A call that is about to become a row.
package struct NewCall: Sendable {
    package let contactID: Int64
    package let callID: String
    package let caller: JID
    package let creator: JID
    package let isVideo: Bool
    package let isGroup: Bool
    package let at: Timestamp

    package init(contactID: Int64, callID: String, caller: JID, creator: JID, isVideo: Bool, isGroup: Bool, at: Timestamp) {
        self.contactID = contactID
        self.callID = callID
        self.caller = caller
        self.creator = creator
        self.isVideo = isVideo
        self.isGroup = isGroup
        self.at = at
    }
}

/// Queries on `wa_calls`.
package struct CallTable {
    let database: Database

    /// - Returns: the call, and whether it is new: WhatsApp tells of some calls twice.
    package func insert(_ call: NewCall, session: Int64) throws(StoreError) -> (row: CallRow, isNew: Bool) {
        if let row = try find(call.callID, contact: call.contactID, session: session) { return (row, false) }
        do {
            _ = try database.run(
                """
                INSERT INTO wa_calls (session_id, contact_id, call_id, caller_jid, creator_jid, is_video, is_group, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .integer(session), .integer(call.contactID), .text(call.callID), .text(call.caller.description),
                    .text(call.creator.description), .flag(call.isVideo), .flag(call.isGroup), .moment(call.at),
                ])
        } catch .duplicate {}
        guard let row = try find(call.callID, contact: call.contactID, session: session) else { throw .deadlock }
        return (row, true)
    }

    package func find(_ callID: String, contact: Int64, session: Int64) throws(StoreError) -> CallRow? {
        try rows(
            "session_id = ? AND contact_id = ? AND call_id = ?", [.integer(session), .integer(contact), .text(callID)]
        ).first
    }

    /// The newest call with this id.
    package func find(_ callID: String, session: Int64) throws(StoreError) -> CallRow? {
        guard callID.utf8.count <= 128, callID.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        return try rows("session_id = ? AND call_id = ? ORDER BY id DESC LIMIT 1", [.integer(session), .text(callID)]).first
    }

    package func find(id: Int64, session: Int64) throws(StoreError) -> CallRow? {
        try rows("session_id = ? AND id = ?", [.integer(session), .integer(id)]).first
    }

    private func rows(_ condition: String, _ parameters: [SQLValue]) throws(StoreError) -> [CallRow] {
        try database.run("SELECT \(CallRow.columns) FROM wa_calls WHERE \(condition)", parameters).rows
            .map { row throws(StoreError) in try CallRow(row) }
    }

    /// The end of a call that rings.
    /// - Returns: false where it had ended before.
    package func end(id: Int64, as status: CallStatus, reason: String? = nil, at now: Timestamp) throws(StoreError) -> Bool {
        try database.run(
            "UPDATE wa_calls SET status = ?, reason = ?, ended_at = ? WHERE id = ? AND status = 'ringing'",
            [.word(status), .optional(reason?.clipped(to: 64)), .moment(now), .integer(id)]
        ).affectedRows > 0
    }

    /// Was the caller sent the text since then?
    package func wasTexted(contact: Int64, since moment: Timestamp) throws(StoreError) -> Bool {
        try !database.run("SELECT id FROM wa_calls WHERE contact_id = ? AND texted_at >= ? LIMIT 1", [.integer(contact), .moment(moment)])
            .rows.isEmpty
    }

    package func markTexted(id: Int64, at now: Timestamp) throws(StoreError) {
        _ = try database.run("UPDATE wa_calls SET texted_at = ? WHERE id = ?", [.moment(now), .integer(id)])
    }

    /// Deletes calls older than `moment`.
    /// - Returns: how many; the caller goes on while it is `limit`.
    package func prune(before moment: Timestamp, limit: Int) throws(StoreError) -> Int {
        try database.run("DELETE FROM wa_calls WHERE created_at < ? ORDER BY created_at LIMIT ?", [.moment(moment), .unsigned(limit)])
            .affectedRows
    }
}
