import CryptoPrimitives
import Logging
import Model
import Store
import WhatsApp

/// The settings that the devices of the account share: names of contacts, the own name, and what this program does not use but has to
/// count along. Source: protocol notes on state, sections 1 and 2.
extension Session {
    /// Answers of the service for one collection; a loop between the two would else have no end.
    private static let maximumRounds = 500
    /// Effects of a snapshot in one transaction: messages must not wait for an address book.
    private static let effectBatch = 50
    private static let keyRequestPause: Int64 = 24 * 3_600_000

    /// Brings collections up to date, one after the other, beside the reader. What is under way is looked at once more.
    func startAppState(_ collections: some Sequence<AppStateCollection>) {
        appStateWanted.formUnion(collections)
        guard !isSyncingAppState, link?.isActive == true, !appStateWanted.isEmpty else { return }
        isSyncingAppState = true
        environment.executor.start { await self.syncAppState() }
    }

    /// After a login: what came while away may have been told to a daemon that was killed.
    func resumeAppState() async throws {
        let hasKeys = try await !environment.slow.run { [id] in try $0.appState.keyIDs(session: id) }.isEmpty
        if hasKeys { startAppState(AppStateCollection.allCases) }
    }

    /// The address book is fetched anew and as a whole, for `POST /api/v1/contacts/sync`.
    func startContactSync() {
        appStateWhole.insert(.criticalUnblockLow)
        startAppState([.criticalUnblockLow])
    }

    private func syncAppState() async {
        defer { isSyncingAppState = false }
        while link?.isActive == true, let collection = AppStateCollection.allCases.first(where: appStateWanted.contains) {
            appStateWanted.remove(collection)
            do { try await sync(collection) } catch {
                logger.warning("the settings in \(collection.rawValue) could not be fetched: \(error)")
                // The next login asks again.
                if case LinkError.closed = error { return }
            }
        }
    }

    private func sync(_ collection: AppStateCollection) async throws {
        var failures = 0
        for _ in 0..<Self.maximumRounds {
            let isWhole = appStateWhole.remove(collection) != nil
            let known = try await slowCommit { [id] database in
                try AppStateIntake(collection: collection, session: id, database: database).knownVersion()
            }
            let version = isWhole ? nil : known
            let answer = try CollectionAnswer(await ask(CollectionQuery.fetch(collection, after: version)), of: collection)
            if let code = answer.errorCode {
                guard code == CollectionAnswer.notFound, version != nil, failures == 0 else {
                    throw StanzaError.refused(code: code, text: collection.rawValue, backoff: nil)
                }
                failures += 1
                appStateWhole.insert(collection)
                continue
            }
            switch try await take(answer, of: collection, isLastTry: failures > 0) {
            case .taken:
                if answer.hasMore { continue }
                let now = environment.now()
                return try await slowCommit { [id] in try $0.appState.setSynced(collection.rawValue, at: now, session: id) }
            case .missingKey(let key): return try await requestKey(key, for: collection)
            case .wrong(let error):
                logger.warning("the settings in \(collection.rawValue) do not verify (\(error)), attempt \(failures + 1)")
                failures += 1
                guard failures <= 2 else { throw error }
            }
        }
    }

    /// The first outcome that is none of the usual ones, or the last one.
    private func take(_ answer: CollectionAnswer, of collection: AppStateCollection, isLastTry: Bool) async throws -> AppStateIntake.Outcome {
        if let reference = answer.snapshot {
            let outcome = try await takeSnapshot(try await appStateFile(reference), of: collection, isLastTry: isLastTry)
            guard case .taken = outcome else { return outcome }
        }
        for bytes in answer.patches {
            let patch: AppStatePatch
            switch try AppStatePatch.read(bytes) {
            case .patch(let read): patch = read
            case .external(let head, let reference): patch = try AppStatePatch.read(head, file: try await appStateFile(reference))
            }
            let outcome = try await slowCommit { [id] database in
                try AppStateIntake(collection: collection, session: id, database: database).take(patch, isLastTry: isLastTry)
            }
            guard case .taken(let name) = outcome else { return outcome }
            if let name { noteSharedName(name) }
        }
        return .taken(ownName: nil)
    }

    private func takeSnapshot(
        _ bytes: [UInt8], of collection: AppStateCollection, isLastTry: Bool
    ) async throws -> AppStateIntake.Outcome {
        let snapshot = try AppStateSnapshot(bytes)
        let (outcome, update) = try await slowCommit { [id] database in
            try AppStateIntake(collection: collection, session: id, database: database).open(snapshot, isLastTry: isLastTry)
        }
        guard let update else { return outcome }
        let effects = update.mutations.compactMap { AppStateEffect($0) }
        for start in stride(from: 0, to: effects.count, by: Self.effectBatch) {
            let part = effects[start..<min(start + Self.effectBatch, effects.count)]
            let name = try await slowCommit { [id] database in
                try AppStateIntake(collection: collection, session: id, database: database).apply(part)
            }
            if let name { noteSharedName(name) }
        }
        try await slowCommit { [id] database in
            try AppStateIntake(collection: collection, session: id, database: database).finish(update)
        }
        logger.info("\(collection.rawValue): \(update.valueMACs.count) settings at version \(update.state.version)")
        return outcome
    }

    /// The own name as other people see it, written on another device.
    private func noteSharedName(_ name: String) {
        guard account?.pushName != name else { return }
        account?.pushName = name
        environment.sessionChanged(id)
        send(Presence.unavailable(pushName: name))
    }

    // MARK: Keys

    private func requestKey(_ key: String, for collection: AppStateCollection) async throws {
        guard let keyID = Hex.decode(key) else { return }
        let now = environment.now()
        let mayAsk = try await slowCommit { [id] database in
            try database.appState.ask(forKey: key, notAfter: now.adding(milliseconds: -Self.keyRequestPause), now: now, session: id)
        }
        logger.notice("\(collection.rawValue) waits for a key of the phone\(mayAsk ? "" : ", which was asked before")")
        if mayAsk { try await tellPhone(try AppStateKeyRequest.plaintext([keyID]), isUrgent: true) }
    }

    /// Runs a transaction on the slow connection that only the owner of the lease may commit; to be kept short.
    func slowCommit<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        guard let fence else { throw StoreError.leaseLost }
        do {
            return try await environment.slow.transaction { [id] database in
                try database.sessions.checkFence(fence, id: id)
                return try body(database)
            }
        } catch StoreError.leaseLost {
            endLink(.leaseLost)
            throw StoreError.leaseLost
        }
    }
}
