package import Model

/// Queries on `wa_groups` and `wa_group_members`: what the service last said of each group.
package struct GroupTable {
    let database: Database

    /// nil where the group has to be asked for.
    package func load(_ group: JID, session: Int64) throws(StoreError) -> GroupRow? {
        let key: [SQLValue] = [.integer(session), .text(group.description)]
        guard let row = try database.run("SELECT * FROM wa_groups WHERE session_id = ? AND group_jid = ?", key).rows.first else { return nil }
        let members = try database.run(
            "SELECT member_jid, other_jid, role FROM wa_group_members WHERE session_id = ? AND group_jid = ? ORDER BY member_jid", key
        ).rows
        return try GroupRow(row, jid: group, members: members.map { row throws(StoreError) in try GroupMember(row) })
    }

    /// Stores a group as the service describes it now, in place of what was known.
    /// - Returns: who was a member and is none any more: our key of the group has to be made anew where there is somebody.
    @discardableResult
    package func save(_ group: GroupRow, at now: Timestamp, session: Int64) throws(StoreError) -> [GroupMember] {
        try database.atomically { () throws(StoreError) in
            let before = try load(group.jid, session: session)?.members ?? []
            _ = try database.run(
                """
                INSERT INTO wa_groups (session_id, group_jid, addressing, participant_version, is_announcement, expiration_seconds, fetched_at)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE addressing = VALUES(addressing), stale = 0, revision = revision + 1,
                participant_version = VALUES(participant_version), is_announcement = VALUES(is_announcement),
                expiration_seconds = VALUES(expiration_seconds), fetched_at = VALUES(fetched_at)
                """,
                [
                    .integer(session), .text(group.jid.description), .word(group.addressing), .optional(group.participantVersion),
                    .flag(group.isAnnouncement), .unsigned(group.expirationSeconds), .moment(now),
                ])
            _ = try database.run(
                "DELETE FROM wa_group_members WHERE session_id = ? AND group_jid = ?", [.integer(session), .text(group.jid.description)])
            try insert(group.members, into: group.jid, session: session)
            return before.filter { old in !group.members.contains { $0.isNamed(old.jid) || old.alternative.map($0.isNamed) == true } }
        }
    }

    /// Rows of one INSERT; together they stay far below the packet size of any server.
    private static let batch = 100

    private func insert(_ members: [GroupMember], into group: JID, session: Int64) throws(StoreError) {
        for start in stride(from: 0, to: members.count, by: Self.batch) {
            let part = members[start..<min(start + Self.batch, members.count)]
            let parameters = part.flatMap { member -> [SQLValue] in
                [
                    .integer(session), .text(group.description), .text(member.jid.description), .optional(member.alternative?.description),
                    .word(member.role),
                ]
            }
            let marks = Array(repeating: "(?, ?, ?, ?, ?)", count: part.count).joined(separator: ", ")
            _ = try database.run(
                """
                INSERT INTO wa_group_members (session_id, group_jid, member_jid, other_jid, role) VALUES \(marks)
                ON DUPLICATE KEY UPDATE other_jid = COALESCE(VALUES(other_jid), other_jid), role = VALUES(role)
                """, parameters)
        }
    }

    /// Forgets a group that this account has left, or that is gone.
    package func delete(_ group: JID, session: Int64) throws(StoreError) {
        _ = try database.run(
            "DELETE FROM wa_groups WHERE session_id = ? AND group_jid = ?", [.integer(session), .text(group.description)])
    }

    /// What is known is not believed any more; nil stands for all groups of the session.
    package func markStale(_ group: JID?, session: Int64) throws(StoreError) {
        let condition = group == nil ? "" : "AND group_jid = ?"
        _ = try database.run(
            "UPDATE wa_groups SET stale = 1 WHERE session_id = ? \(condition)",
            [.integer(session)] + (group.map { [.text($0.description)] } ?? []))
    }
}

// Changes that notifications tell.
extension GroupTable {
    /// Members who came, or whose role changed.
    package func put(_ members: [GroupMember], into group: JID, session: Int64) throws(StoreError) {
        guard !members.isEmpty, try exists(group, session: session) else { return }
        try insert(members, into: group, session: session)
        try changed(group, session: session)
    }

    /// Members who left.
    package func remove(_ members: [GroupMember], from group: JID, session: Int64) throws(StoreError) {
        for member in members {
            for name in [member.jid, member.alternative].compactMap(\.self) {
                _ = try database.run(
                    "DELETE FROM wa_group_members WHERE session_id = ? AND group_jid = ? AND (member_jid = ? OR other_jid = ?)",
                    [.integer(session), .text(group.description), .text(name.description), .text(name.description)])
            }
        }
        try changed(group, session: session)
    }

    package func setParticipantVersion(_ version: String?, of group: JID, session: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_groups SET participant_version = ? WHERE session_id = ? AND group_jid = ?",
            [.optional(version), .integer(session), .text(group.description)])
    }

    package func setAnnouncement(_ isAnnouncement: Bool, of group: JID, session: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_groups SET is_announcement = ? WHERE session_id = ? AND group_jid = ?",
            [.flag(isAnnouncement), .integer(session), .text(group.description)])
    }

    package func setExpiration(_ seconds: UInt32, of group: JID, session: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_groups SET expiration_seconds = ? WHERE session_id = ? AND group_jid = ?",
            [.unsigned(seconds), .integer(session), .text(group.description)])
    }

    /// Members or their devices are others now: what was gathered for a message before must not be used after it.
    package func changed(_ group: JID, session: Int64) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_groups SET revision = revision + 1 WHERE session_id = ? AND group_jid = ?",
            [.integer(session), .text(group.description)])
    }

    /// The revision as it is now, locked until the transaction's end; nil for a group that is not known, or not believed.
    package func currentRevision(of group: JID, session: Int64) throws(StoreError) -> Int64? {
        try database.run(
            "SELECT revision FROM wa_groups WHERE session_id = ? AND group_jid = ? AND stale = 0 FOR UPDATE",
            [.integer(session), .text(group.description)]
        ).rows.first?.optionalInteger("revision")
    }

    private func exists(_ group: JID, session: Int64) throws(StoreError) -> Bool {
        try !database.run(
            "SELECT revision FROM wa_groups WHERE session_id = ? AND group_jid = ?", [.integer(session), .text(group.description)]
        ).rows.isEmpty
    }

    /// The groups that a person is known to be in, by any of these names.
    package func groups(of names: [JID], session: Int64) throws(StoreError) -> [JID] {
        var found: [JID] = []
        for name in names {
            let rows = try database.run(
                "SELECT group_jid FROM wa_group_members WHERE session_id = ? AND (member_jid = ? OR other_jid = ?)",
                [.integer(session), .text(name.bare.description), .text(name.bare.description)]
            ).rows
            for row in rows { found += [JID(parsing: try row.text("group_jid"))].compactMap(\.self) }
        }
        return Array(Set(found))
    }

    /// All groups that are known.
    package func all(session: Int64) throws(StoreError) -> [JID] {
        let texts = try database.run("SELECT group_jid FROM wa_groups WHERE session_id = ? ORDER BY group_jid", [.integer(session)]).rows
            .map { row throws(StoreError) in try row.text("group_jid") }
        return texts.compactMap(JID.init(parsing:))
    }
}
