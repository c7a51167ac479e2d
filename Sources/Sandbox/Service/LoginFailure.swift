import FoundationEssentials
import SwiftProtobuf
import WAProto

/// Why a connection is answered with `<failure reason=…>`. Source: protocol notes on transport, section 10.
struct LoginFailure: Error, Equatable, Sendable {
    let code: Int
    /// For the journal; clients see the code only.
    let reason: String

    init(_ code: Int, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

/// The checks that registration and login share.
enum UserAgentCheck {
    static func check(_ payload: WAClientPayload, oldestRevision: UInt32) throws(LoginFailure) {
        let agent = payload.userAgent
        guard agent.platform == .web else { throw LoginFailure(409, "platform is not WEB") }
        guard !agent.hasPhoneID else { throw LoginFailure(409, "a phone id, which no web client has") }
        guard payload.hasWebInfo else { throw LoginFailure(409, "no web info") }
        let version = agent.appVersion
        guard version.primary == 2, version.secondary == 3000, version.tertiary >= oldestRevision else {
            throw LoginFailure(405, "version \(version.primary).\(version.secondary).\(version.tertiary) is outdated")
        }
    }
}

/// The login of a paired device. Source: protocol notes on transport, section 5.
struct Login: Equatable, Sendable {
    let address: DeviceAddress
    /// Traffic waits for `<active/>`; to others it flows at once.
    let isPassive: Bool

    init(_ payload: WAClientPayload) throws(LoginFailure) {
        guard payload.hasPassive else { throw LoginFailure(400, "login must say whether it is passive") }
        isPassive = payload.passive
        guard payload.hasPull, payload.pull else { throw LoginFailure(400, "login must be written as pull = true") }
        guard !payload.hasDevicePairingData else { throw LoginFailure(400, "login with pairing data") }
        guard let device = UInt16(exactly: payload.device), device > 0 else { throw LoginFailure(400, "no device number") }
        address = DeviceAddress(number: String(payload.username), device: device)
    }
}
