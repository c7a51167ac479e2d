import Logging
import Model
import Signal
import Store
import WhatsApp

/// What is known of groups: asked of the service once, then kept by its notifications.
extension Session {
    /// Answers that were overtaken by news are asked for again, so often.
    private static let maximumAsks = 3

    func group(_ jid: JID) async throws -> GroupRow {
        let known = try await environment.database.run { [id] in try $0.groups.load(jid, session: id) }
        if let known, !known.isStale { return known }
        return try await fetchGroup(jid)
    }

    private func fetchGroup(_ jid: JID) async throws -> GroupRow {
        for _ in 0..<Self.maximumAsks {
            let news = groupNews
            let metadata = try GroupQuery.readMetadata(await ask(GroupQuery.metadata(of: jid)))
            guard metadata.jid == jid else { throw StanzaError.invalid("group") }
            // News that came meanwhile may be younger than the answer.
            guard news == groupNews else { continue }
            if let row = try await store([metadata]).first { return row }
        }
        throw SendFailure.refused(.serverTrouble(503))
    }

    private func store(_ groups: [GroupMetadata]) async throws -> [GroupRow] {
        guard let own = account?.own else { throw LinkError.closed }
        let now = environment.now()
        return try await commit { [id] database in
            let keeping = GroupKeeping(database: database, session: id, own: own, now: now)
            for group in groups { try keeping.store(group) }
            return try groups.compactMap { try database.groups.load($0.jid, session: id) }
        }
    }

    func apply(_ news: GroupNotification) async throws {
        groupNews &+= 1
        guard let own = account?.own else { return }
        let now = environment.now()
        try await commit { [id] database in
            try GroupKeeping(database: database, session: id, own: own, now: now).apply(news)
        }
    }

    // MARK: In the background

    /// A message came from a group: its name and members are worth knowing.
    func learnGroup(_ jid: JID) {
        guard link?.isActive == true, !groupsAsked.contains(jid) else { return }
        groupsAsked.insert(jid)
        environment.executor.start {
            do { _ = try await self.group(jid) } catch { self.logger.info("a group is not known: \(error)") }
        }
    }

    /// After the first login, so that the owner finds the groups among the contacts.
    func learnGroups() {
        guard !hasAskedForGroups else { return }
        hasAskedForGroups = true
        environment.executor.start {
            do {
                guard try await self.environment.database.run({ [id = self.id] in try $0.groups.all(session: id).isEmpty }) else { return }
                try await self.refreshGroups()
            } catch { self.logger.info("the groups could not be listed: \(error)") }
        }
    }

    /// Asks for all groups of this account; those that are not among them any more are forgotten.
    func refreshGroups() async throws {
        guard let own = account?.own else { return }
        let news = groupNews
        let groups = try GroupQuery.readParticipating(await ask(GroupQuery.participating))
        guard news == groupNews else { return try await distrustGroup(nil) }
        _ = try await store(groups)
        let now = environment.now()
        try await commit { [id] database in
            let current = Set(groups.map(\.jid))
            let keeping = GroupKeeping(database: database, session: id, own: own, now: now)
            for group in try database.groups.all(session: id) where !current.contains(group) { try keeping.leave(group) }
        }
    }

    /// What is known of a group is out of date; nil stands for all groups.
    func distrustGroup(_ group: JID?) async throws {
        try await commit { [id] in try $0.groups.markStale(group, session: id) }
    }

    /// The service counts other devices than we do: members and their devices are asked for again.
    func distrustDevices(of group: JID) async throws {
        try await commit { [id] database in
            for member in try database.groups.load(group, session: id)?.members ?? [] {
                for name in [member.jid, member.alternative].compactMap(\.self) { try database.devices.delete(user: name, session: id) }
            }
            try database.groups.markStale(group, session: id)
        }
    }
}
