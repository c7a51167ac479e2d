import Logging
import Model
import Signal
import Store
import WhatsApp

/// Keys of devices with which there is no session yet.
extension Session {
    /// Keys of those devices with which there is no session yet, checked.
    func missingBundles(of devices: [JID]) async throws -> [JID: PreKeyBundle] {
        guard let account else { throw LinkError.closed }
        let missing = try await environment.database.run { [id] database in
            let store = DatabaseSignalStore(database: database, session: id, account: account)
            return try devices.filter { try !SessionCipher.hasSession(for: SignalAddress($0), in: store) }
        }
        return missing.isEmpty ? [:] : try await bundles(of: missing)
    }

    /// Keys of these devices as the service has them, checked; each answer uses up a one-time key of its device.
    func bundles(of missing: [JID]) async throws -> [JID: PreKeyBundle] {
        guard let account else { throw LinkError.closed }
        let answers = try PreKeyFetch.read(await ask(PreKeyFetch.query(for: missing)))
        var bundles: [JID: PreKeyBundle] = [:]
        for device in missing {
            switch answers[device] {
            case .success(let keys):
                if try await isGenuine(keys, of: device, among: answers) { bundles[device] = keys.bundle }
            case .failure(.refused(code: PreKeyFetch.noSuchDevice, _, _)):
                try await forgetDevices(
                    of: [device.bare] + (account.own?.includes(device) == true ? [account.own?.phoneNumber.bare].compactMap { $0 } : []))
            case .failure(let error): logger.warning("no keys of a device: \(error)")
            case nil: logger.warning("the service left out the keys of a device")
            }
        }
        return bundles
    }

    /// A linked device's identity must be signed by its account: by the identity of device 0, where that is known.
    func isGenuine(
        _ keys: PreKeyFetch.DeviceKeys, of device: JID, among answers: [JID: Result<PreKeyFetch.DeviceKeys, StanzaError>]
    ) async throws -> Bool {
        guard device.device != 0, let proof = keys.deviceIdentity else { return true }
        let phone = SignalAddress(device.bare).description
        let stored = try await environment.database.run { [id] in try $0.signal.identity(address: phone, session: id) }
        let known = stored.flatMap { PublicKey(raw: $0) } ?? (try? answers[device.bare]?.get().bundle.identity)
        do {
            let signer = try SignedDeviceIdentity.verify(proof, identity: keys.bundle.identity, accountKey: known)
            if known == nil || signer == known { return true }
            logger.warning("a device is signed by another account key than its phone's")
        } catch {
            logger.warning("a device's identity is not signed by its account: \(error)")
        }
        return false
    }
}
