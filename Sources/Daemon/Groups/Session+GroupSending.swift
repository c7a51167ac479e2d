import Logging
import Model
import Signal
import Store
import WhatsApp

/// A message to a group: who is in it, with which devices, and who of them lacks our sender key.
extension Session {
    /// Gatherings for one message; more changes at a time than this come from no people.
    private static let maximumGatherings = 4
    /// Users of one query, and devices whose keys are asked for at once.
    private static let batch = UserQuery.maximumUsers
    /// Devices that a business has hosted elsewhere have this number and get no group messages. Source: whatsmeow `types/jid.go`.
    private static let hostedDevice: UInt16 = 99

    /// Encrypts and keeps the finished bytes, in one transaction.
    func encrypt(_ message: OutgoingMessage, for row: OutboxRow, toGroup group: JID) async throws -> Dispatched {
        guard let account, let own = account.own, let messageID = row.messageID, let messageRowID = row.messageRowID, let contactID = row.contactID else {
            throw LinkError.closed
        }
        for _ in 0..<Self.maximumGatherings {
            let news = groupNews
            let target = try await gather(group, own: own, account: account)
            let bundles = try await bundles(for: target.needy)
            guard news == groupNews else { continue }
            let dispatch = GroupDispatch(
                message: message, messageID: messageID, messageRowID: messageRowID, outboxID: row.id, target: target, bundles: bundles,
                account: account, own: own, session: id, contactID: contactID, now: environment.now())
            do { return try await encrypting { try dispatch.run(in: $0) } } catch is GroupChanged { continue }
        }
        throw SendFailure.refused(.serverTrouble(503))
    }

    private func gather(_ jid: JID, own: OwnAddresses, account: Account) async throws -> GroupTarget {
        let group = try await group(jid)
        let devices = try await devices(of: group, own: own)
        let me = GroupTarget.Device(
            wire: group.addressing == .lid ? own.lid ?? own.phoneNumber : own.phoneNumber, canonical: own.lid ?? own.phoneNumber)
        let all = devices.contains(me) ? devices : devices + [me]
        let keys = try await environment.database.run { [id] database in
            try GroupTarget.KeyState(
                group: jid, sender: SenderKeyName(group: jid.description, sender: me.address),
                devices: Set(all.filter { $0 != me }.map(\.address.description)),
                in: DatabaseSignalStore(database: database, session: id, account: account))
        }
        return GroupTarget(group: group, devices: all, own: me, keys: keys)
    }

    /// All devices of all members, and of the own account.
    private func devices(of group: GroupRow, own: OwnAddresses) async throws -> [GroupTarget.Device] {
        var users: [(asked: JID, wire: JID, canonical: JID)] = []
        for member in group.members where !own.includes(member.jid) {
            users.append((member.jid, member.jid, try await canonical(member)))
        }
        let ownWire = group.addressing == .lid ? own.lid ?? own.phoneNumber : own.phoneNumber
        // For the own account the phone number is the more reliable form.
        users.append((own.phoneNumber.bare, ownWire.bare, (own.lid ?? own.phoneNumber).bare))
        let lists = try await deviceNumbers(of: users.map(\.asked))
        return users.flatMap { user in
            (lists[user.asked] ?? []).filter { $0 != Self.hostedDevice }.map {
                GroupTarget.Device(wire: user.wire.withDevice($0), canonical: user.canonical.withDevice($0))
            }
        }
    }

    private func canonical(_ member: GroupMember) async throws -> JID {
        if member.jid.isLID { return member.jid }
        if let lid = member.alternative, lid.isLID { return lid }
        let lid = try await environment.database.run { [id] in try $0.contacts.lid(forPhoneNumber: member.jid.user, session: id) }
        return lid.map { JID(user: $0, server: .lid) } ?? member.jid
    }

    /// Remembered lists, and for the others the service's.
    private func deviceNumbers(of users: [JID]) async throws -> [JID: [UInt16]] {
        var known = try await rememberedDevices(of: users)
        let missing = users.filter { known[$0] == nil }
        for start in stride(from: 0, to: missing.count, by: Self.batch) {
            let part = Array(missing[start..<min(start + Self.batch, missing.count)])
            for (user, list) in try await fetchDevices(of: part) { known[user] = list }
        }
        return known
    }

    private func bundles(for devices: [GroupTarget.Device]) async throws -> [JID: PreKeyBundle] {
        let missing = devices.map(\.canonical)
        var bundles: [JID: PreKeyBundle] = [:]
        for start in stride(from: 0, to: missing.count, by: Self.batch) {
            let part = Array(missing[start..<min(start + Self.batch, missing.count)])
            bundles.merge(try await missingBundles(of: part)) { first, _ in first }
        }
        return bundles
    }
}

/// What the service refused because our picture of the group is out of date.
extension Session {
    /// True where the message is going to be encrypted anew, under the same id.
    func isRetried(_ flight: InFlightMessage, to group: JID, because refusal: SendRefusal) async throws -> Bool {
        switch refusal {
        case .staleAddressing where flight.attempts < Self.maximumAttempts:
            try await distrustGroup(group)
            try await putOff(flight.outboxID, code: refusal.code, text: refusal.explanation, by: 0)
            return true
        case .staleAddressing, .notAllowed, .gone, .stanzaInvalid:
            try await distrustGroup(group)
            return false
        default: return false
        }
    }
}
