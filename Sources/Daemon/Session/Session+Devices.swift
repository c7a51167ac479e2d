import Model
import Signal
import Store
import WhatsApp

/// The devices that a message is encrypted for.
extension Session {
    /// All devices that get a copy of a message.
    func devices(for target: SendTarget) async throws -> [JID] {
        guard let own = account?.own else { throw LinkError.closed }
        let users = target.users(own)
        var known = try await rememberedDevices(of: users)
        let missing = users.filter { known[$0] == nil }
        if !missing.isEmpty {
            for (user, list) in try await fetchDevices(of: missing) { known[user] = list }
        }
        return try target.devices(known, own: own)
    }

    /// Lists of those users whose devices are known.
    func rememberedDevices(of users: [JID]) async throws -> [JID: [UInt16]] {
        try await environment.database.run { [id] in try $0.devices.load(users: users, session: id).mapValues(\.numbers) }
    }

    func fetchDevices(of users: [JID]) async throws -> [JID: [UInt16]] {
        let answers = try UserQuery.read(await ask(UserQuery.devices(of: users, sid: querySID())))
        let now = environment.now()
        return try await commit { [self] database in
            var found: [JID: [UInt16]] = [:]
            for user in users {
                // The service may answer with the other name of who was asked for.
                let names = try otherNames(of: user, in: database) + [user]
                let answer = answers.first { answer in
                    [answer.jid.bare, answer.lid, answer.phoneNumber].contains { $0.map(names.contains) == true }
                }
                guard let answer, let devices = answer.devices else { continue }
                let identity = try database.signal.identity(address: SignalAddress(answer.lid ?? user).description, session: id)
                // A list that does not verify is not used; then the devices' own proofs decide.
                let list = try? devices.signedKeyIndexList.map { try KeyIndexList($0, accountKey: identity.flatMap { PublicKey(raw: $0) }) }
                let accepted = devices.accepted(by: list)
                guard !accepted.isEmpty else { continue }
                try database.devices.save(
                    DeviceListRow(
                        devices: accepted.map { .init(id: $0.id, keyIndex: $0.keyIndex) },
                        keyIndexTimestamp: list.flatMap { Int64(exactly: $0.timestamp) },
                        fetchedAt: now), user: user, session: id)
                found[user] = accepted.map(\.id)
            }
            return found
        }
    }
}
