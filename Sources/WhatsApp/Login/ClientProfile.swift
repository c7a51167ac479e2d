/// What this client says about itself.
package struct ClientProfile: Equatable, Sendable {
    /// The icon in the phone's list of linked devices; numbers of the protobuf enum DeviceProps.PlatformType.
    package enum Platform: Int, Sendable {
        case unknown = 0
        case chrome = 1
        case desktop = 7
    }

    /// Must be current, see ``ClientVersion``.
    package var version: ClientVersion
    /// Shown in the phone's list of linked devices. Name and platform count only at pairing.
    package var deviceName: String
    /// Decides the icon; should agree with the client type in the QR text.
    package var platform: Platform

    /// A web client in Chrome unless said otherwise.
    package init(version: ClientVersion = .builtIn, deviceName: String, platform: Platform = .chrome) {
        self.version = version
        self.deviceName = deviceName
        self.platform = platform
    }
}
