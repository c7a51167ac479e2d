/// How a group names its members on the wire; all groups made since 2025 use LIDs.
package enum GroupAddressing: String, Sendable {
    case lid
    case phoneNumber = "pn"
}

/// What a member may do.
package enum GroupRole: String, Sendable {
    case member, admin
    /// Who made the group.
    case superadmin
}

/// A person in a group.
package struct GroupMember: Hashable, Sendable {
    /// Bare, in the group's addressing.
    package var jid: JID
    /// The same person by phone number or LID, bare, where WhatsApp told it.
    package var alternative: JID?
    package var role: GroupRole

    package init(jid: JID, alternative: JID? = nil, role: GroupRole = .member) {
        self.jid = jid.bare
        self.alternative = alternative?.bare
        self.role = role
    }

    /// Is this the person, by either name?
    package func isNamed(_ jid: JID) -> Bool { self.jid == jid.bare || alternative == jid.bare }
}
