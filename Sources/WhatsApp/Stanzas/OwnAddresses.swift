package import Model

/// The two names of the account that a session belongs to, both with this device's number.
package struct OwnAddresses: Equatable, Sendable {
    package let phoneNumber: JID
    /// nil until the service has told it; every account has one by 2026.
    package let lid: JID?

    package init(phoneNumber: JID, lid: JID?) {
        self.phoneNumber = phoneNumber
        self.lid = lid
    }

    /// Is this the own account, whichever device and whichever name?
    package func includes(_ jid: JID) -> Bool {
        switch jid.server {
        case .phoneNumber, .hosted, .legacyUser: jid.user == phoneNumber.user
        case .lid, .hostedLID: jid.user == lid?.user
        default: false
        }
    }
}
