package import Model

/// What has changed in a group (`<notification type="w:gp2">`).
///
/// Source: protocol notes on state, section 5; whatsmeow `group.go` for the shapes.
package struct GroupNotification: Equatable, Sendable {
    package enum Change: Equatable, Sendable {
        /// A new group, or one that this account was added to.
        case created(GroupMetadata)
        case added([GroupMember])
        /// Removed by an admin, or left by themselves.
        case removed([GroupMember])
        case promoted([GroupMember])
        case demoted([GroupMember])
        case subject(String)
        case announcement(Bool)
        case expiration(UInt32)
        case deleted
        /// A member has another number or address now; the list has to be asked for.
        case modified
        /// Of no consequence for messages; the child's tag.
        case other(String)
    }

    package let group: JID
    /// Who did it, and their other name; bare.
    package let actor: JID?
    package let actorAlternative: JID?
    package let actorName: String?
    /// How the group names its members, where the notification says so.
    package let addressing: GroupAddressing?
    package let changes: [Change]
    /// The version of the list of members before and after, where a change of members told it.
    package let previousVersion: String?
    package let version: String?

    /// nil unless it comes from a group.
    package init?(_ node: Node) {
        guard let group = node.jid("from"), group.isGroup, !group.user.isEmpty else { return nil }
        self.group = group.bare
        actor = node.jid("participant")?.bare
        actorAlternative = node.jid("participant_pn")?.bare ?? node.jid("participant_lid")?.bare
        actorName = node.string("notify").flatMap { $0.isEmpty || $0 == "-" ? nil : $0 }
        let addressing = node.string("addressing_mode").flatMap(GroupAddressing.init(rawValue:))
        self.addressing = addressing
        changes = node.children.map { Self.change($0, addressing: addressing) }
        previousVersion = node.children.lazy.compactMap { $0.groupVersion("prev_v_id") }.first
        version = node.children.lazy.compactMap { $0.string("prev_v_id") == nil ? nil : $0.groupVersion("v_id") }.first
    }

    private static func change(_ node: Node, addressing: GroupAddressing?) -> Change {
        switch node.tag {
        case "create": node.child("group").flatMap { GroupMetadata($0, addressing: addressing) }.map { .created($0) } ?? .modified
        case "add": .added(GroupMember.list(in: node))
        case "remove", "leave": .removed(GroupMember.list(in: node))
        case "promote": .promoted(GroupMember.list(in: node))
        case "demote": .demoted(GroupMember.list(in: node))
        case "modify": .modified
        case "subject": node.string("subject").map { .subject($0) } ?? .other("subject")
        case "announcement": .announcement(true)
        case "not_announcement": .announcement(false)
        case "ephemeral": .expiration(node.uint("expiration").flatMap { UInt32(exactly: $0) } ?? 0)
        case "not_ephemeral": .expiration(0)
        case "delete": .deleted
        default: .other(node.tag)
        }
    }
}
