package import Model
import WAProto

/// What a change of the shared settings means to this program. Everything else is kept by its MACs alone.
///
/// Source of the layouts: protocol notes, appstate-actions.tsv.
package enum AppStateEffect: Equatable, Sendable {
    /// A person in the phone's address book; nil for the name where they were taken out. `other` is their other address.
    case contact(JID, other: JID?, name: String?)
    /// The own name, as other people see it.
    case pushName(String)
    /// These are one person.
    case pair(number: JID, lid: JID)
    /// Makes tokens for people who gave us none; nil: there is none any more.
    case tokenSalt([UInt8]?)

    /// Bytes of the salt at most; 32 are in use.
    package static let maximumSaltLength = 128

    package init?(_ mutation: AppStateMutation) {
        guard let action = mutation.index.first else { return nil }
        let subject = mutation.index.count > 1 ? JID(parsing: mutation.index[1])?.bare : nil
        let isSet = mutation.operation == .set
        let value = mutation.value
        switch action {
        case "contact":
            guard let subject, subject.isPerson, Self.isNumber(subject.user), !isSet || value.hasContactAction else { return nil }
            let contact = value.contactAction
            let other = isSet ? Self.person(subject.isLID ? contact.pnJid : contact.lidJid, isLID: !subject.isLID) : nil
            self = .contact(subject, other: other, name: isSet ? Self.name(contact.fullName, contact.firstName) : nil)
        case "lid_contact":
            guard let subject, subject.server == .lid, Self.isNumber(subject.user), !isSet || value.hasLidContactAction else { return nil }
            let contact = value.lidContactAction
            self = .contact(subject, other: nil, name: isSet ? Self.name(contact.fullName, contact.firstName) : nil)
        case "setting_pushName":
            guard isSet, !value.pushNameSetting.name.isEmpty else { return nil }
            self = .pushName(value.pushNameSetting.name)
        case "pnForLidChat":
            guard isSet, let subject, subject.server == .lid, Self.isNumber(subject.user),
                let number = Self.person(value.pnForLidChatAction.pnJid, isLID: false)
            else { return nil }
            self = .pair(number: number, lid: subject)
        case "nct_salt_sync":
            let salt = Array(value.nctSaltSyncAction.salt)
            guard !isSet || (1...Self.maximumSaltLength).contains(salt.count) else { return nil }
            self = .tokenSalt(isSet ? salt : nil)
        default: return nil
        }
    }

    private static func person(_ text: String, isLID: Bool) -> JID? {
        guard let jid = JID(parsing: text)?.bare, jid.isPerson, jid.isLID == isLID, isNumber(jid.user) else { return nil }
        return jid
    }

    private static func isNumber(_ user: String) -> Bool { !user.isEmpty && user.utf8.allSatisfy { (0x30...0x39).contains($0) } }

    private static func name(_ full: String, _ first: String) -> String? {
        full.isEmpty ? (first.isEmpty ? nil : first) : full
    }
}
