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

    /// Runs a transaction that only the owner of the lease may commit; what it has queued for webhooks is sent then.
    func commit<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        guard let fence else { throw StoreError.leaseLost }
        do {
            let (result, hasNews) = try await environment.database.transaction { [id] database in
                database.hasQueuedDeliveries = false
                try database.sessions.checkFence(fence, id: id)
                return (try body(database), database.hasQueuedDeliveries)
            }
            if hasNews { environment.wakeWebhooks() }
            return result
        } catch StoreError.leaseLost {
            endLink(.leaseLost)
            throw StoreError.leaseLost
        }
    }

    /// Runs a transaction that encrypts. It is counted in the database and beside it before the bytes leave, so that a database that was put back meanwhile
    /// never encrypts with keys that were used before.
    func commitStep<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        let (result, counted) = try await commit { [id, steps] database in
            let counted = try database.credentials.countStep(after: steps, session: id)
            return (try body(database), counted)
        }
        // Of two transactions the later one may be told first.
        guard counted > steps else { return result }
        steps = counted
        if !GenerationFile(directory: environment.configuration.runDirectory, session: id).note(steps: counted) {
            logger.error("the run directory can not be written")
        }
        return result
    }

    /// Writes what the row says of the session; trouble is logged, the next change says it anew.
    func report(_ status: SessionStatus, reason: SessionReason?) async {
        await writeRow { try $0.sessions.setStatus(status, reason: reason, id: $1) }
    }

    /// False where it could not be written.
    @discardableResult
    func writeRow(_ body: @escaping @Sendable (Database, Int64) throws -> Void) async -> Bool {
        do {
            try await commit { [id] in try body($0, id) }
            environment.sessionChanged(id)
            return true
        } catch {
            logger.error("the session's row can not be written: \(error)")
            return false
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

    nonisolated func enqueue(_ events: [Event], in database: Database) throws {
        try database.deliveries.enqueue(events, session: id, now: environment.now())
    }

    /// Throws where it could not be stored: a connection that nobody knows of is of no use.
    func announceConnection(_ account: Account) async throws {
        let now = environment.now()
        guard let own = account.own else { return }
        try await commit { [self] database in
            try database.sessions.setConnected(
                jid: own.phoneNumber, lid: own.lid, pushName: account.pushName, at: now, id: id)
            try enqueue(.connected(phoneNumber: own.phoneNumber.user, name: account.pushName, at: now), in: database)
        }
        environment.sessionChanged(id)
        isAnnounced = true
    }

    /// - Parameter words: what the service said about it.
    func announceDisconnection(_ end: SessionEnd, words: String? = nil) async {
        let now = environment.now()
        let status: SessionStatus = end == .wish || end == .stopping ? .disconnected : .connecting
        let isWritten = await writeRow { [self] database, id in
            try database.sessions.setStatus(status, id: id)
            try enqueue(.disconnected(reason: end.eventReason, details: words, at: now), in: database)
        }
        isAnnounced = !isWritten
        unannouncedEnd = isWritten ? nil : end
    }
}
