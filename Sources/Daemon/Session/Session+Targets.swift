import Logging
import Model
import Signal
import Store
import WhatsApp

/// Who a message goes to: address, devices, sessions. Answers of the service are kept, so that it is asked once.
extension Session {
    /// Throws ``SendFailure``, ``LinkError`` and errors of service and database.
    func target(for recipient: JID) async throws -> SendTarget {
        guard recipient.isPerson else { throw SendFailure.unsupportedRecipient }
        let address = ContactAddress(recipient)
        let (contact, isOptedOut) = try await environment.database.run { [id] database in
            (try database.contacts.find(address, session: id), try database.optOuts.contains(address, session: id))
        }
        if isOptedOut { throw SendFailure.optedOut }
        if recipient.isLID {
            return SendTarget(address: recipient.bare, phoneNumber: contact?.phoneNumber.map { JID(user: $0, server: .phoneNumber) })
        }
        if let own = account?.own, own.includes(recipient), let lid = own.lid {
            return SendTarget(address: lid.bare, phoneNumber: own.phoneNumber.bare)
        }
        if let lid = contact?.lid { return SendTarget(address: JID(user: lid, server: .lid), phoneNumber: recipient.bare) }
        return try await lookUp(recipient)
    }

    /// Is the number on WhatsApp, and under which LID?
    private func lookUp(_ recipient: JID) async throws -> SendTarget {
        let answers = try UserQuery.read(await ask(UserQuery.registration(of: [recipient.user], sid: querySID())))
        let answer = answers.first { $0.askedNumber == recipient.user } ?? answers.first { $0.phoneNumber == recipient.bare }
        guard let answer, answer.isRegistered == true else { throw SendFailure.notOnWhatsApp }
        guard let lid = answer.lid else { return SendTarget(address: answer.phoneNumber ?? recipient.bare, phoneNumber: nil) }
        let number = answer.phoneNumber ?? recipient.bare
        try await commit { [id] database in
            _ = try database.contacts.resolve(ContactAddress(number, other: lid), session: id)
            try database.signal.moveSessions(
                fromUser: SignalAddress(number).name, toUser: SignalAddress(lid).name, session: id)
        }
        return SendTarget(address: lid, phoneNumber: number)
    }

    private func querySID() -> String { "\(steadyNow).\(UInt32.random(in: 0 ... .max, using: &random))" }

    // MARK: Devices

    /// All devices that get a copy: the recipient's and the own other ones.
    func devices(for target: SendTarget) async throws -> [JID] {
        guard let own = account?.own else { throw LinkError.closed }
        // For the own account the phone number is the more reliable form; the service's answer is turned into LIDs.
        let users = own.includes(target.address) ? [own.phoneNumber.bare] : [target.address, own.phoneNumber.bare]
        var known: [JID: [UInt16]] = [:]
        for user in users { known[user] = try await rememberedDevices(of: user) }
        let missing = users.filter { known[$0] == nil }
        if !missing.isEmpty {
            for (user, list) in try await fetchDevices(of: missing) { known[user] = list }
        }
        if !own.includes(target.address), known[target.address]?.isEmpty != false { throw SendFailure.notOnWhatsApp }
        return users.flatMap { user in
            let base = own.includes(user) ? (own.lid?.bare ?? user) : user
            return (known[user] ?? []).map { base.withDevice($0) }
        }.filter { !own.includes($0) || $0.device != own.phoneNumber.device }
    }

    private func rememberedDevices(of user: JID) async throws -> [UInt16]? {
        try await environment.database.run { [id] in try $0.devices.load(user: user, session: id)?.devices.map(\.id) }
    }

    private func fetchDevices(of users: [JID]) async throws -> [JID: [UInt16]] {
        let answers = try UserQuery.read(await ask(UserQuery.devices(of: users, sid: querySID())))
        let now = environment.now()
        return try await commit { [id] database in
            var found: [JID: [UInt16]] = [:]
            for user in users {
                guard let answer = answers.first(where: { $0.jid.bare == user || $0.lid == user || $0.phoneNumber == user }),
                    let devices = answer.devices
                else { continue }
                let identity = try database.signal.identity(address: SignalAddress(answer.lid ?? user).description, session: id)
                // A list that does not verify is not used; then the devices' own proofs decide.
                let list = try? devices.signedKeyIndexList.map { try KeyIndexList($0, accountKey: identity.flatMap { PublicKey(raw: $0) }) }
                let accepted = devices.accepted(by: list)
                try database.devices.save(
                    DeviceListRow(
                        devices: accepted.map { .init(id: $0.id, keyIndex: $0.keyIndex) }, keyIndexTimestamp: list.flatMap { Int64(exactly: $0.timestamp) },
                        fetchedAt: now), user: user, session: id)
                found[user] = accepted.map(\.id)
            }
            return found
        }
    }

    // MARK: Keys

    /// Keys of those devices with which there is no session yet, checked.
    func missingBundles(of devices: [JID]) async throws -> [JID: PreKeyBundle] {
        guard let account else { throw LinkError.closed }
        let missing = try await environment.database.run { [id] database in
            let store = DatabaseSignalStore(database: database, session: id, account: account)
            return try devices.filter { try !SessionCipher.hasSession(for: SignalAddress($0), in: store) }
        }
        guard !missing.isEmpty else { return [:] }
        let answers = try PreKeyFetch.read(await ask(PreKeyFetch.query(for: missing)))
        var bundles: [JID: PreKeyBundle] = [:]
        for device in missing {
            switch answers[device] {
            case .success(let keys):
                if try await isGenuine(keys, of: device, among: answers) { bundles[device] = keys.bundle }
            case .failure(.refused(code: PreKeyFetch.noSuchDevice, _, _)):
                try await forgetDevices(of: [device.bare] + (account.own?.includes(device) == true ? [account.own?.phoneNumber.bare].compactMap { $0 } : []))
            case .failure(let error): logger.warning("no keys of a device: \(error)")
            case nil: logger.warning("the service left out the keys of a device")
            }
        }
        return bundles
    }

    /// A linked device's identity must be signed by its account: by the identity of device 0, where that is known.
    private func isGenuine(
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

    // MARK: Encryption

    /// Encrypts for every device and keeps the finished bytes, in one transaction: a message key is never used twice.
    func encrypt(_ message: OutgoingMessage, for row: OutboxRow, to target: SendTarget) async throws -> Node {
        guard let account, let own = account.own, let messageID = row.messageID, let messageRowID = row.messageRowID else {
            throw LinkError.closed
        }
        let devices = try await devices(for: target)
        let bundles = try await missingBundles(of: devices)
        let dispatch = Dispatch(
            message: message, messageID: messageID, messageRowID: messageRowID, outboxID: row.id, target: target, devices: devices,
            bundles: bundles, account: account, own: own, session: id)
        let (node, skipped) = try await commit { try dispatch.run(in: $0) }
        if skipped > 0 { logger.warning("a message goes out without \(skipped) devices that have no keys") }
        return node
    }
}
