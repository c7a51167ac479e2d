package import Model

/// A row of `wa_groups` with its members.
package struct GroupRow: Sendable, Equatable {
    package var jid: JID
    package var addressing: GroupAddressing
    /// Version of the list of members, as the service numbers it.
    package var participantVersion: String?
    /// Only admins may write.
    package var isAnnouncement: Bool
    /// After how many seconds messages disappear; 0 = never.
    package var expirationSeconds: UInt32
    package var members: [GroupMember]
    /// Counts the changes of members and of their devices; see ``GroupTable/changed(_:session:)``.
    package var revision: Int64
    /// To be asked for again before the next message.
    package var isStale: Bool

    package init(
        jid: JID, addressing: GroupAddressing, participantVersion: String? = nil, isAnnouncement: Bool = false, expirationSeconds: UInt32 = 0,
        members: [GroupMember], revision: Int64 = 0, isStale: Bool = false
    ) {
        self.jid = jid
        self.addressing = addressing
        self.participantVersion = participantVersion
        self.isAnnouncement = isAnnouncement
        self.expirationSeconds = expirationSeconds
        self.members = members
        self.revision = revision
        self.isStale = isStale
    }
}

extension GroupRow {
    init(_ row: Row, jid: JID, members: [GroupMember]) throws(StoreError) {
        self.init(
            jid: jid, addressing: try row.word("addressing", as: GroupAddressing.self), participantVersion: try row.optionalText("participant_version"),
            isAnnouncement: try row.flag("is_announcement"), expirationSeconds: try row.integer("expiration_seconds", as: UInt32.self),
            members: members, revision: try row.integer("revision"), isStale: try row.flag("stale"))
    }
}

extension GroupMember {
    init(_ row: Row) throws(StoreError) {
        guard let jid = JID(parsing: try row.text("member_jid")) else { throw .malformed("member_jid") }
        self.init(jid: jid, alternative: try row.optionalText("other_jid").flatMap(JID.init(parsing:)), role: try row.word("role", as: GroupRole.self))
    }
}
