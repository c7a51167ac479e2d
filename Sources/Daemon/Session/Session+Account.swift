import CryptoPrimitives
import Logging
import Model
import Signal
import Store
import WhatsApp

/// The keys of this device.
extension Session {
    /// What the phone shows in its list of linked devices.
    private static let deviceName = "WA-Connect"

    /// The stored keys, or new ones, stored before anything else happens with them.
    func loadAccount() async throws -> Account {
        if let stored = try await loadStoredAccount() { return stored }
        let made = Self.makeAccount(using: &random)
        try await commit { [id] in try made.insert(into: $0, session: id) }
        return made
    }

    func loadStoredAccount() async throws -> Account? {
        try await environment.database.run { [id] in try Account(session: id, in: $0) }
    }

    private static func makeAccount(using random: inout some RandomNumberGenerator) -> Account {
        let identity = KeyPair.generate(using: &random)
        return Account(
            noise: .generate(using: &random), identity: identity, registrationID: .random(in: 1...0x3FFF, using: &random),
            pairingSecret: Random.bytes(32, using: &random), signedPreKey: .generate(id: 1, identity: identity, using: &random))
    }

    /// The machine of the next connection: a login where a phone has linked this device, else a registration.
    func connection(for account: Account) throws -> Connection {
        let profile = ClientProfile(version: version, deviceName: Self.deviceName)
        let payload =
            if let own = account.own, account.isLinked {
                try ClientPayload.login(profile, jid: own.phoneNumber)
            } else {
                try ClientPayload.registration(
                    profile, registrationID: account.registrationID, identity: account.identity.publicKey,
                    signedPreKey: account.signedPreKey)
            }
        let settings = ConnectionSettings(
            staticKey: account.noise, ephemeral: .generate(using: &random), rootKey: environment.configuration.whatsApp.rootKey,
            clientPayload: payload, routingInfo: account.routingInfo, seed: .random(in: 0 ... .max, using: &random))
        return Connection(settings, now: steadyNow)
    }

    /// A connection that began there came to nothing; the next one begins without.
    func dropRouting() async {
        guard account?.routingInfo != nil else { return }
        account?.routingInfo = nil
        do { try await commit { [id] in try $0.credentials.setRoutingInfo(nil, session: id) } } catch {
            logger.error("the routing information can not be dropped: \(error)")
        }
    }

    /// Where the service wants the next connection to begin.
    func keepRouting(_ bytes: [UInt8]) async {
        account?.routingInfo = bytes
        do { try await commit { [id] in try $0.credentials.setRoutingInfo(bytes, session: id) } } catch {
            logger.error("the routing information can not be stored: \(error)")
        }
    }
}
