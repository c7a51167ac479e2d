import Logging
import Model
import Store

/// Owning the session: one daemon at a time, and never with the ratchets of a restored backup.
extension Session {
    /// Takes or renews the lease; false where another daemon has it.
    func holdLease() async throws -> Bool {
        if fence != nil {
            do {
                try await renewLeaseOnce()
                return true
            } catch StoreError.leaseLost { fence = nil }
        }
        fence = try await environment.database.transaction { [id, environment] database in
            if let holder = try database.sessions.find(id: id)?.leaseOwner {
                try Self.free(holder, of: environment.leaseOwner, id, in: database)
            }
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
            let steps = try database.credentials.steps(session: id)
            let note = file.read()
            let noted = note?.generation ?? 0
            // A daemon that was killed between the two writes leaves the database ahead: that state is the newest there is.
            let isOlder = if let steps, let known = note?.steps { steps < known } else { false }
            let wasRestored = isOlder || (stored != noted && stored != noted &+ 1)
            if wasRestored { try database.signal.discardSendingState(session: id) }
            let next = max(stored, noted) &+ 1
            try database.sessions.setGeneration(next, id: id)
            return (wasRestored, GenerationFile.Note(generation: next, steps: steps ?? note?.steps))
        }
        if wasRestored { logger.warning("the database is not the one that was used last here: sessions start anew") }
        steps = next.steps ?? 0
        environment.checkpoint(.generationCounted)
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

    /// Another daemon runs this number by now.
    func hasLostLease() async -> Bool {
        do { try await renewLeaseOnce() } catch StoreError.leaseLost { return true } catch { logger.error("the lease is not known: \(error)") }
        return false
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
}
