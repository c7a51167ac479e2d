package import Model

/// What is known about who somebody is: the same person's phone number and LID, or a group.
package struct ContactAddress: Sendable, Hashable {
    /// Digits.
    package var phoneNumber: String?
    /// Digits.
    package var lid: String?
    /// The JID of what is no person: group, broadcast list, channel.
    package var groupJID: String?

    package init(phoneNumber: String? = nil, lid: String? = nil, groupJID: String? = nil) {
        self.phoneNumber = phoneNumber
        self.lid = lid
        self.groupJID = groupJID
    }

    /// - Parameter other: the same person's other address, where the stanza gave one.
    package init(_ jid: JID, other: JID? = nil) {
        for address in [jid, other].compactMap(\.self) {
            switch address.server {
            case .phoneNumber, .legacyUser, .hosted: phoneNumber = phoneNumber ?? address.user
            case .lid, .hostedLID: lid = lid ?? address.user
            // What is no person has no other name.
            default: groupJID = address == jid ? address.bare.description : groupJID
            }
        }
    }

    /// The addresses of a person.
    var jids: [JID] {
        [phoneNumber.map { JID(user: $0, server: .phoneNumber) }, lid.map { JID(user: $0, server: .lid) }].compactMap(\.self)
    }

    var isEmpty: Bool { phoneNumber == nil && lid == nil && groupJID == nil }
    var isGroup: Bool { groupJID?.hasSuffix("@" + JID.Server.group.rawValue) ?? false }
}
