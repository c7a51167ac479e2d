package import Model

/// What the service says of one user in answer to a ``UserQuery``.
package struct UserAnswer: Equatable, Sendable {
    /// As asked, or as the service prefers to name the user.
    package let jid: JID
    /// The service gave an address; else ``jid`` is only the number that was asked.
    package let isNamed: Bool
    package let lid: JID?
    package let phoneNumber: JID?
    /// nil unless asked by number.
    package let isRegistered: Bool?
    /// The number as it was asked, digits only; nil unless asked by number.
    package let askedNumber: String?
    /// nil unless devices were asked and the service knows them.
    package let devices: DeviceListAnswer?

    /// nil for a user without address and without the number asked.
    init?(_ node: Node) {
        let contact = node.child("contact")
        askedNumber = contact?.text.map { text in
            String(text.prefix { $0 != "@" }.filter { $0.isASCII && $0.isNumber })
        }
        isRegistered = contact?.string("type").map { $0 == "in" }
        isNamed = node.jid("jid") != nil
        guard let jid = node.jid("jid") ?? askedNumber.map({ JID(user: $0, server: .phoneNumber) }), jid.isWellFormed else { return nil }
        self.jid = jid
        let lid = node.child("lid")?.jid("val")
        self.lid = jid.server == .lid ? jid.bare : lid?.server == .lid ? lid?.bare : nil
        phoneNumber = jid.server == .phoneNumber ? jid.bare : node.jid("pn_jid").flatMap { $0.server == .phoneNumber && !$0.user.isEmpty ? $0.bare : nil }
        devices = node.child("devices").flatMap(DeviceListAnswer.init)
    }
}

/// The devices of a user as the service lists them, not yet checked against the account's signed list.
package struct DeviceListAnswer: Equatable, Sendable {
    package struct Device: Equatable, Sendable {
        package let id: UInt16
        package let keyIndex: UInt32?
        package let isHosted: Bool
    }

    package let devices: [Device]
    /// An ADVSignedKeyIndexList; see ``KeyIndexList``.
    package let signedKeyIndexList: [UInt8]?

    /// Devices of one account that are taken in. Phones allow four linked ones; every one costs us an encryption.
    private static let maximumDevices = 100

    init?(_ node: Node) {
        guard let list = node.child("device-list") else { return nil }
        var seen: Set<UInt16> = []
        devices = list.children("device").prefix(Self.maximumDevices).compactMap { device in
            guard let id = device.uint("id").flatMap({ UInt16(exactly: $0) }), seen.insert(id).inserted else { return nil }
            return Device(
                id: id, keyIndex: device.uint("key-index").flatMap { UInt32(exactly: $0) },
                isHosted: device.string("is_hosted") == "true")
        }
        signedKeyIndexList = node.child("key-index-list")?.bytes
    }
}
