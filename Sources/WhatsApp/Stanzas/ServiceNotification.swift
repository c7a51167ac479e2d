package import Model

/// News from the service (`<notification>`). Every one is acknowledged, the unknown ones too.
///
/// Source: protocol notes on state, section 7.
package enum ServiceNotification: Equatable, Sendable {
    /// So many one-time keys are left on the server.
    case preKeysLeft(Int)
    /// The user has a new identity key (a new phone, a new installation).
    case identityChanged(JID)
    /// Devices of a user came or went; cached lists of both names are out of date.
    case devicesChanged(user: JID, lid: JID?)
    /// Devices of the own account came or went.
    case ownDevicesChanged
    /// A group that this account is in has changed.
    case group(GroupNotification)
    /// The phone wants a new secret in the QR code.
    case pairingRefresh
    /// The owner has typed our code into the phone.
    case linkCode(LinkCodeAnswer)
    /// The phone wants another code.
    case linkCodeRefresh
    /// The account can only be linked with the official app's passkey.
    case passkeyRequired
    /// Settings on other devices changed.
    case appState([AppStateCollection])
    /// Somebody has given us tokens.
    case privacyToken(TokenNews)
    /// A phone was asked to upload a file again.
    case mediaRetry(MediaRetryAnswer)
    case other(type: String)

    package init(_ node: Node, own: OwnAddresses?) {
        let type = node.string("type") ?? ""
        let from = node.jid("from")
        self =
            switch type {
            case "encrypt": Self.encryption(node, from: from) ?? .other(type: type)
            case "devices": from.map { .devicesChanged(user: $0.bare, lid: node.jid("lid")?.bare) } ?? .other(type: type)
            case "account_sync" where node.child("devices") != nil: .ownDevicesChanged
            case "w:gp2": GroupNotification(node).map { .group($0) } ?? .other(type: type)
            case "companion_reg_refresh" where Self.rotates(node): .pairingRefresh
            case "link_code_companion_reg": Self.linkCode(node)
            case "passkey_prologue_request" where from == .service: .passkeyRequired
            case "server_sync": .appState(node.children("collection").compactMap { $0.string("name").flatMap(AppStateCollection.init) })
            case "privacy_token": TokenNews(node).map { .privacyToken($0) } ?? .other(type: type)
            case "mediaretry": MediaRetryAnswer(node).map { .mediaRetry($0) } ?? .other(type: type)
            default: .other(type: type)
            }
        if case .devicesChanged(let user, _) = self, let own, own.includes(user) { self = .ownDevicesChanged }
    }

    private static func encryption(_ node: Node, from: JID?) -> ServiceNotification? {
        if node.child("identity") != nil, let from, from.isPerson, !from.user.isEmpty { return .identityChanged(from) }
        return node.child("count")?.uint("value").flatMap { Int(exactly: $0) }.map { .preKeysLeft($0) }
    }

    private static func linkCode(_ node: Node) -> ServiceNotification {
        if node.child("link_code_companion_reg")?.string("stage") == "refresh_code" { return .linkCodeRefresh }
        return LinkCodeAnswer(node).map { .linkCode($0) } ?? .other(type: "link_code_companion_reg")
    }

    private static func rotates(_ node: Node) -> Bool {
        node.child("companion_reg_refresh") != nil || node.child("pair-device-rotate-qr") != nil
    }
}
