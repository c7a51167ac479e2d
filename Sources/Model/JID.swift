/// The address of a user, device, group or service on WhatsApp: `user[:device]@server`, or just `server`.
///
/// The user part keeps whatever the service sent; only ``init(parsing:)`` checks text that people or databases supply.
/// Source: protocol notes on binary XML, section 5 (text form, servers, typed wire forms).
package struct JID: Hashable, Sendable {
    /// The part behind the `@`.
    package struct Server: Hashable, Sendable, RawRepresentable {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        /// People by phone number.
        package static let phoneNumber = Server(rawValue: "s.whatsapp.net")
        /// People by LID, a number without relation to their phone number.
        package static let lid = Server(rawValue: "lid")
        package static let group = Server(rawValue: "g.us")
        package static let broadcast = Server(rawValue: "broadcast")
        package static let newsletter = Server(rawValue: "newsletter")
        package static let bot = Server(rawValue: "bot")
        package static let hosted = Server(rawValue: "hosted")
        package static let hostedLID = Server(rawValue: "hosted.lid")
        package static let messenger = Server(rawValue: "msgr")
        package static let interop = Server(rawValue: "interop")
        package static let call = Server(rawValue: "call")
        /// The older spelling of ``phoneNumber``; it stands in texts about calls and in the hash of message ids.
        package static let legacyUser = Server(rawValue: "c.us")
    }

    /// Digits for people, an id for groups; empty for a bare server.
    package var user: String
    package var server: Server
    /// 0 is the phone itself; linked devices count from 1.
    package var device: UInt16
    /// Only in JIDs of ``Server/interop``: the other network.
    package var integrator: UInt16

    package init(user: String, server: Server, device: UInt16 = 0, integrator: UInt16 = 0) {
        self.user = user
        self.server = server
        self.device = device
        self.integrator = integrator
    }

    /// The service itself, `s.whatsapp.net`.
    package static let service = JID(user: "", server: .phoneNumber)
    /// Where status updates go, `status@broadcast`.
    package static let status = JID(user: "status", server: .broadcast)

    /// The same user without a device.
    package var bare: JID { JID(user: user, server: server, integrator: integrator) }

    package func withDevice(_ device: UInt16) -> JID {
        JID(user: user, server: server, device: device, integrator: integrator)
    }

    /// Short enough, and printable ASCII only: what columns of the database can hold. What the service sends in typed form may be anything.
    package var isWellFormed: Bool {
        let limit =
            switch server {
            case .phoneNumber, .legacyUser, .hosted: Limits.phoneUserBytes
            case .lid, .hostedLID: Limits.lidUserBytes
            default: Limits.jidBytes
            }
        // Behind the user there may be `:65535@`.
        return user.utf8.count <= limit && user.utf8.count + server.rawValue.utf8.count + 7 <= Limits.jidBytes
            && (user + server.rawValue).utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    package var isPerson: Bool { server == .phoneNumber || server == .lid }
    package var isLID: Bool { server == .lid || server == .hostedLID }
    package var isGroup: Bool { server == .group }
}

extension JID: CustomStringConvertible {
    /// `user:device@server`, without `:device` for device 0.
    package var description: String {
        if user.isEmpty { return server.rawValue }
        return device == 0 ? "\(user)@\(server.rawValue)" : "\(user):\(device)@\(server.rawValue)"
    }

    /// Reads the text form; nil where user or server have characters that no JID has, or the device is no 16-bit number.
    /// An agent (`user.agent:device@server`) is dropped, as the service does not tell users apart by it.
    package init?(parsing text: String) {
        guard text.utf8.count <= Limits.jidBytes, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        guard let at = text.lastIndex(of: "@") else {
            guard !text.isEmpty else { return nil }
            self.init(user: "", server: Server(rawValue: text))
            guard isWellFormed else { return nil }
            return
        }
        let server = String(text[text.index(after: at)...])
        var user = text[..<at]
        guard !server.isEmpty, !user.isEmpty else { return nil }
        var device: UInt16 = 0
        if let colon = user.lastIndex(of: ":") {
            guard let number = UInt16(user[user.index(after: colon)...]) else { return nil }
            device = number
            user = user[..<colon]
        }
        let serverValue = Server(rawValue: server)
        if serverValue == .phoneNumber || serverValue == .lid, let dot = user.firstIndex(of: ".") { user = user[..<dot] }
        guard !user.isEmpty, !user.contains(where: { $0 == "@" || $0 == ":" }) else { return nil }
        self.init(user: String(user), server: serverValue, device: device)
        guard isWellFormed else { return nil }
    }
}
