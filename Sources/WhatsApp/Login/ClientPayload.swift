package import Model
package import Signal
import SwiftProtobuf
import WAProto

/// The message inside the client finish: who connects, or who wants to be paired.
/// Source: protocol notes on transport, section 5 (values of the reference clients, August 2026).
package enum ClientPayload {
    /// Before pairing: offers this device to the phone that will scan the QR code.
    /// - Parameter signedPreKey: its signature is the identity's over the typed public key.
    package static func registration(
        _ profile: ClientProfile, registrationID: UInt32, identity: PublicKey, signedPreKey: SignedPreKey
    ) throws(LoginError) -> [UInt8] {
        try registration(
            profile, registrationID: registrationID, identity: identity, signedPreKeyID: signedPreKey.id,
            signedPreKey: signedPreKey.keyPair.publicKey, signature: signedPreKey.signature)
    }

    static func registration(
        _ profile: ClientProfile, registrationID: UInt32, identity: PublicKey, signedPreKeyID: UInt32, signedPreKey: PublicKey,
        signature: [UInt8]
    ) throws(LoginError) -> [UInt8] {
        var data = WAClientPayload.DevicePairingRegistrationData()
        data.eRegid = .init(wire: bigEndian(registrationID, count: 4))
        data.eKeytype = .init(wire: Array(signedPreKey.typed.prefix(1)))
        data.eIdent = .init(wire: identity.bytes)
        data.eSkeyID = .init(wire: bigEndian(signedPreKeyID, count: 3))
        data.eSkeyVal = .init(wire: signedPreKey.bytes)
        data.eSkeySig = .init(wire: signature)
        data.buildHash = .init(wire: profile.version.buildHash)
        data.deviceProps = .init(wire: try serialize(deviceProps(profile)))
        var payload = common(profile)
        // Both are written though false is their default.
        payload.passive = false
        payload.pull = false
        payload.devicePairingData = data
        return try serialize(payload)
    }

    /// - Parameters:
    ///   - jid: the own address by phone number, with the device that pairing gave.
    ///   - loginCounter: 1 at the first login; reference clients send a constant 1 or count.
    package static func login(_ profile: ClientProfile, jid: JID, loginCounter: Int32 = 1) throws(LoginError) -> [UInt8] {
        guard jid.server == .phoneNumber, let username = UInt64(jid.user) else { throw .noPhoneNumber }
        var payload = common(profile)
        payload.username = username
        payload.device = UInt32(jid.device)
        // The service holds live traffic back until the client says that it is active.
        payload.passive = true
        payload.pull = true
        payload.lc = loginCounter
        // Sessions and chats are kept by LID.
        payload.lidDbMigrated = true
        return try serialize(payload)
    }

    private static func common(_ profile: ClientProfile) -> WAClientPayload {
        var agent = WAClientPayload.UserAgent()
        agent.platform = .web
        agent.appVersion.primary = profile.version.primary
        agent.appVersion.secondary = profile.version.secondary
        agent.appVersion.tertiary = profile.version.tertiary
        agent.mcc = "000"
        agent.mnc = "000"
        agent.osVersion = "0.1"
        agent.manufacturer = ""
        agent.device = "Desktop"
        agent.osBuildNumber = "0.1"
        agent.releaseChannel = .release
        agent.localeLanguageIso6391 = "en"
        agent.localeCountryIso31661Alpha2 = "US"
        var payload = WAClientPayload()
        payload.userAgent = agent
        payload.webInfo.webSubPlatform = .webBrowser
        payload.connectType = .wifiUnknown
        payload.connectReason = .userActivated
        return payload
    }

    /// Steers what the phone sends of its history after pairing.
    static func deviceProps(_ profile: ClientProfile) -> WADeviceProps {
        var props = WADeviceProps()
        props.os = profile.deviceName
        props.version.primary = 0
        props.version.secondary = 1
        props.version.tertiary = 0
        props.platformType = WADeviceProps.PlatformType(rawValue: profile.platform.rawValue) ?? .unknown
        props.requireFullSync = false
        var history = WADeviceProps.HistorySyncConfig()
        history.storageQuotaMb = 10_240
        history.inlineInitialPayloadInE2EeMsg = true
        history.supportCallLogHistory = true
        history.supportBotUserAgentChatHistory = true
        history.supportCagReactionsAndPolls = true
        history.supportBizHostedMsg = true
        history.supportRecentSyncChunkMessageCountTuning = true
        history.supportHostedGroupMsg = true
        history.supportFbidBotChatHistory = true
        history.supportMessageAssociation = true
        history.supportGroupHistory = true
        props.historySyncConfig = history
        return props
    }

    private static func bigEndian(_ value: UInt32, count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    static func serialize(_ message: some Message) throws(LoginError) -> [UInt8] {
        do { return try message.serializedBytes() } catch { throw .unserializable }
    }
}
