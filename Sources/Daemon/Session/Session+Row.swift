import Logging
import Model
import Store
import WhatsApp

/// The session's row: what the owner wants, who owns it, what it says to the world.
extension Session {
    /// What the owner wants; nil where the database does not answer.
    func wish() async -> SessionWish? {
        do {
            // A row that was deleted wants nothing.
            return try await environment.database.run { [id] in try $0.sessions.find(id: id)?.wanted } ?? .disconnected
        } catch {
            logger.error("the session's row can not be read: \(error)")
            return nil
        }
    }

    /// Runs a transaction that only the owner of the lease may commit.
    func commit<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        guard let fence else { throw StoreError.leaseLost }
        do {
            return try await environment.database.transaction { [id] database in
                try database.sessions.checkFence(fence, id: id)
                return try body(database)
            }
        } catch StoreError.leaseLost {
            endLink(.leaseLost)
            throw StoreError.leaseLost
        }
    }

    /// Takes or renews the lease; false where another daemon has it.
    func holdLease() async throws -> Bool {
        if fence != nil {
            do {
                try await renewLeaseOnce()
                return true
            } catch StoreError.leaseLost { fence = nil }
        }
        fence = try await environment.database.transaction { [id, environment] database in
            if let holder = try database.sessions.find(id: id)?.leaseOwner { try Self.free(holder, of: environment.leaseOwner, id, in: database) }
            return try database.sessions.acquireLease(owner: environment.leaseOwner, seconds: SessionTimes.leaseSeconds, id: id)
        }
        guard fence != nil else {
            logger.warning("another daemon runs this number; waiting")
            return false
        }
        try await checkGeneration()
        keepLease()
        return true
    }

    /// Compares the database with the run directory, and counts both on.
    private func checkGeneration() async throws {
        let file = GenerationFile(directory: environment.configuration.runDirectory, session: id)
        let (wasRestored, next) = try await commit { [id] database in
            let stored = try database.sessions.find(id: id)?.generation ?? 0
            let wasRestored = stored != file.read() ?? 0
            if wasRestored { try database.signal.discardSendingState(session: id) }
            let next = max(stored, file.read() ?? 0) + 1
            try database.sessions.setGeneration(next, id: id)
            return (wasRestored, next)
        }
        if wasRestored { logger.warning("the database is not the one that was used last here: sessions start anew") }
        let isWritten = try await environment.database.run { _ in file.write(next) }
        if !isWritten { logger.error("the run directory can not be written") }
    }

    /// A daemon that was killed could not give its lease back; its successor on the same host need not wait for its end.
    private static func free(_ holder: String, of owner: String, _ id: Int64, in database: Database) throws {
        guard let own = LeaseHolder(owner), LeaseHolder(holder)?.isKnownDead(to: own) == true,
            let fence = try database.sessions.acquireLease(owner: holder, seconds: SessionTimes.leaseSeconds, id: id)
        else { return }
        try database.sessions.releaseLease(owner: holder, fence: fence, id: id)
    }

    private func renewLeaseOnce() async throws {
        guard let fence else { throw StoreError.leaseLost }
        try await environment.database.run { [id, environment] in
            try $0.sessions.renewLease(owner: environment.leaseOwner, fence: fence, seconds: SessionTimes.leaseSeconds, id: id)
        }
    }

    private func keepLease() {
        after(SessionTimes.leaseRenewal) { await $0.renewLease() }
    }

    private func renewLease() async {
        do {
            try await renewLeaseOnce()
            keepLease()
        } catch StoreError.leaseLost {
            guard fence != nil else { return }
            endLink(.leaseLost)
        } catch {
            logger.error("the lease could not be renewed: \(error)")
            keepLease()
        }
    }

    /// Writes what the row says of the session; trouble is logged, the next change says it anew.
    func report(_ status: SessionStatus, reason: SessionReason?) async {
        await writeRow { try $0.sessions.setStatus(status, reason: reason, id: $1) }
    }

    func writeRow(_ body: @escaping @Sendable (Database, Int64) throws -> Void) async {
        do {
            try await commit { [id] in try body($0, id) }
            environment.sessionChanged(id)
        } catch {
            logger.error("the session's row can not be written: \(error)")
        }
    }

    /// Something arrived: the connection is alive.
    func noteLife() {
        let now = environment.now()
        guard now.milliseconds - lastSeenWritten.milliseconds >= SessionTimes.lastSeen else { return }
        lastSeenWritten = now
        environment.executor.start { [id, environment] in
            try? await environment.database.run { try $0.sessions.setLastSeen(now, id: id) }
        }
    }

    /// The end of ``run()``: the row says so and the lease is free.
    func finish(_ reason: SessionReason) async {
        if fence == nil { _ = try? await holdLease() }
        await report(.disconnected, reason: reason)
        guard let fence else { return }
        self.fence = nil
        try? await environment.database.run { [id, environment] in
            try $0.sessions.releaseLease(owner: environment.leaseOwner, fence: fence, id: id)
        }
    }

    // MARK: Events

    /// Stores an event for the webhooks in the caller's transaction.
    nonisolated func enqueue(_ event: Event, in database: Database) throws {
        try database.deliveries.enqueue(event, session: id, now: environment.now())
    }

    func announceConnection(_ account: Account) async {
        let now = environment.now()
        guard let own = account.own else { return }
        await writeRow { [self] database, id in
            try database.sessions.setConnected(
                jid: own.phoneNumber, lid: own.lid, pushName: account.pushName, at: now, id: id)
            try enqueue(.connected(phoneNumber: own.phoneNumber.user, name: account.pushName, at: now), in: database)
        }
        isAnnounced = true
        environment.wakeWebhooks()
    }

    func announceDisconnection(_ end: SessionEnd) async {
        isAnnounced = false
        let now = environment.now()
        let status: SessionStatus = end == .wish || end == .stopping ? .disconnected : .connecting
        await writeRow { [self] database, id in
            try database.sessions.setStatus(status, id: id)
            try enqueue(.disconnected(reason: end.eventReason, at: now), in: database)
        }
        environment.wakeWebhooks()
    }

    // MARK: Unlinking

    /// The owner wants the device unlinked: the service is told, whatever it answers, and the keys are wiped.
    func logOut() async {
        if lastReason != .loggedOut, (try? await loadStoredAccount())?.isLinked == true {
            isUnlinking = true
            after(SessionTimes.unlink) { await $0.endLink(.unlinked) }
            _ = await connectOnce()
            isUnlinking = false
        }
        await forgetAccount(.loggedOut)
        await finish(.loggedOut)
    }

    /// Tells the service on the open connection, and ends it.
    func unlink() async {
        if let own = account?.own {
            do { _ = try await ask(CompanionRemoval.query(own: own.phoneNumber), within: SessionTimes.unlink) } catch {
                logger.warning("the service did not answer to unlinking: \(error)")
            }
        }
        lastReason = .loggedOut
        endLink(.unlinked)
    }

    /// The service has unlinked this device, or the owner has: keys and state go, log and contacts stay.
    func forgetAccount(_ reason: SessionReason) async {
        account = nil
        lastReason = reason
        let now = environment.now()
        if fence == nil { _ = try? await holdLease() }
        await writeRow { database, id in
            try database.sessions.wipe(id: id, at: now)
            try database.sessions.setStatus(.disconnected, reason: reason, id: id)
            try database.sessions.setWanted(.disconnected, id: id)
        }
        environment.wakeWebhooks()
    }
}
