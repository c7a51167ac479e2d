package import Model

/// A group as the service describes it (`<group>`): in answers to ``GroupQuery`` and in notifications of new groups.
///
/// Source: protocol notes on state, section 5; whatsmeow `group.go` for the attributes.
package struct GroupMetadata: Equatable, Sendable {
    package let jid: JID
    package let subject: String?
    package let addressing: GroupAddressing
    /// Version of the list of members; changes name the one before them.
    package let participantVersion: String?
    /// Only admins may write.
    package let isAnnouncement: Bool
    /// After how many seconds messages disappear; 0 = never.
    package let expirationSeconds: UInt32
    package let members: [GroupMember]

    /// nil for a group without a usable id.
    init?(_ node: Node, addressing fallback: GroupAddressing? = nil) {
        guard let jid = Self.address(node) else { return nil }
        self.jid = jid
        subject = node.string("subject")
        members = GroupMember.list(in: node)
        participantVersion = node.groupVersion("p_v_id")
        isAnnouncement = node.child("announcement") != nil
        expirationSeconds = node.child("ephemeral")?.uint("expiration").flatMap { UInt32(exactly: $0) } ?? 0
        // Groups that say nothing are of the time before LIDs; the members show it too.
        addressing =
            node.string("addressing_mode").flatMap(GroupAddressing.init(rawValue:)) ?? fallback
            ?? (members.contains { $0.jid.isLID } ? .lid : .phoneNumber)
    }

    /// `id` is the bare id, or the whole address.
    private static func address(_ node: Node) -> JID? {
        if let jid = node.jid("id"), jid.isGroup { return jid.bare }
        guard let id = node.string("id"), !id.isEmpty, !id.contains("@") else { return nil }
        let jid = JID(user: id, server: .group)
        return jid.isWellFormed ? jid : nil
    }
}

extension Node {
    /// The version of a list of members; nil for one that no row can hold (real ones have 16 digits): then the list is asked for anew.
    func groupVersion(_ attribute: String) -> String? {
        string(attribute).flatMap { $0.utf8.count <= 64 && MessageID.isUsable($0) ? $0 : nil }
    }
}

extension GroupMember {
    /// All `<participant>` of a node; those without a person's address are left out.
    static func list(in node: Node) -> [GroupMember] { node.children("participant").compactMap(GroupMember.init) }

    private init?(_ node: Node) {
        guard let jid = node.jid("jid"), jid.isPerson, !jid.user.isEmpty else { return nil }
        let alternative = node.jid(jid.isLID ? "phone_number" : "lid")
        self.init(
            jid: jid, alternative: alternative.flatMap { $0.isPerson && $0.server != jid.server ? $0 : nil },
            role: node.string("type").flatMap(GroupRole.init(rawValue:)) ?? .member)
    }
}
