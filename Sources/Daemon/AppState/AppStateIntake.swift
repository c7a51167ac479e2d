import CryptoPrimitives
import Model
import Store
import WhatsApp

/// Takes patches and snapshots of one collection in: what they say, and how far the collection is known, in the caller's transaction.
struct AppStateIntake {
    let collection: AppStateCollection
    let session: Int64
    let database: Database

    enum Outcome: Equatable, Sendable {
        /// Taken in, or known before. Gives the own name where it has changed.
        case taken(ownName: String?)
        /// Hexadecimal; nothing was changed.
        case missingKey(String)
        /// Something does not verify; what is known of the collection was thrown away.
        case wrong(AppStateError)
    }

    private var name: String { collection.rawValue }
    private static let emptyHash = [UInt8](repeating: 0, count: LTHash.length)

    /// nil where it is to be fetched as a whole.
    func knownVersion() throws -> UInt64? {
        guard let row = try database.appState.load(name, session: session), row.version > 0 else { return nil }
        return UInt64(exactly: row.version)
    }

    // MARK: Patches

    func take(_ patch: AppStatePatch, isLastTry: Bool) throws -> Outcome {
        let row = try load()
        guard let version = UInt64(exactly: row.version), let hash = LTHash(row.hash) else { return try startAnew(.malformed("row"), isLastTry) }
        if patch.version <= version { return .taken(ownName: nil) }
        guard let keys = try keys(patch.keyIDs) else { return try wait(patch.keyIDs, row) }
        let known = try database.appState.values(patch.mutations.map(\.indexMAC), of: name, session: session)
        do {
            let update = try patch.apply(
                to: CollectionState(version: version, hash: hash), of: collection, keys: keys, known: known,
                isStrict: row.status != .readOnly)
            var ownName: String?
            for effect in update.mutations.compactMap({ AppStateEffect($0) }) { try apply(effect, &ownName) }
            try store(update, row)
            return .taken(ownName: ownName)
        } catch let error as AppStateError {
            return try startAnew(error, isLastTry)
        }
    }

    // MARK: Snapshots

    /// The first step: is everything right with it? The effects then come in parts, each in a transaction of its own, and ``finish(_:)``
    /// at last: a kill in between only makes the snapshot be fetched again.
    func open(_ snapshot: AppStateSnapshot, isLastTry: Bool) throws -> (Outcome, AppStateUpdate?) {
        let row = try load()
        guard let keys = try keys(snapshot.keyIDs) else { return (try wait(snapshot.keyIDs, row), nil) }
        let opened = Result { () throws(AppStateError) in
            try snapshot.apply(of: collection, keys: keys, isStrict: row.status != .readOnly)
        }
        switch opened {
        case .success(let update): return (.taken(ownName: nil), update)
        case .failure(let error): return (try startAnew(error, isLastTry), nil)
        }
    }

    func apply(_ effects: ArraySlice<AppStateEffect>) throws -> String? {
        var ownName: String?
        for effect in effects { try apply(effect, &ownName) }
        return ownName
    }

    func finish(_ update: AppStateUpdate) throws {
        let row = try load()
        try database.appState.forgetValues(of: name, session: session)
        try store(update, row)
    }

    // MARK: Steps

    private func load() throws -> AppStateRow {
        try database.appState.load(name, session: session) ?? AppStateRow(hash: Self.emptyHash)
    }

    private func store(_ update: AppStateUpdate, _ before: AppStateRow) throws {
        guard let version = Int64(exactly: update.state.version) else { throw AppStateError.malformed("version") }
        let status: AppStateRow.Status = before.status == .readOnly ? .readOnly : .inOrder
        try database.appState.save(
            AppStateRow(version: version, hash: update.state.hash.bytes, status: status), of: name, session: session)
        try database.appState.put(update.valueMACs, version: version, of: name, session: session)
    }

    /// Everything is fetched once more; where that was the last try, sums do not count any more and nothing may be written.
    private func startAnew(_ error: AppStateError, _ isLastTry: Bool) throws -> Outcome {
        try database.appState.forgetValues(of: name, session: session)
        try database.appState.save(
            AppStateRow(hash: Self.emptyHash, status: isLastTry ? .readOnly : .doubtful), of: name, session: session)
        return .wrong(error)
    }

    private func keys(_ ids: Set<[UInt8]>) throws -> [[UInt8]: MutationKeys]? {
        var found: [[UInt8]: MutationKeys] = [:]
        for id in ids {
            guard let key = try database.appState.key(Hex.encode(id), session: session) else { return nil }
            found[id] = MutationKeys(AppStateKey(id: id, data: key.data, timestamp: key.timestamp))
        }
        return found
    }

    private func wait(_ ids: Set<[UInt8]>, _ row: AppStateRow) throws -> Outcome {
        let missing = try ids.map { Hex.encode($0) }.sorted().first { try database.appState.key($0, session: session) == nil }
        guard let missing else { return .wrong(.malformed("key id")) }
        var row = row
        row.missingKey = missing
        try database.appState.save(row, of: name, session: session)
        return .missingKey(missing)
    }

    private func apply(_ effect: AppStateEffect, _ ownName: inout String?) throws {
        switch effect {
        case .contact(let jid, let other, let name?):
            try database.contacts.setSavedName(name, id: KnownPair.contact(jid, other: other, in: database, session: session))
        case .contact(let jid, _, nil):
            guard let contact = try database.contacts.find(ContactAddress(jid), session: session) else { return }
            try database.contacts.setSavedName(nil, id: contact.id)
        case .pushName(let name):
            try database.sessions.setPushName(name, id: session)
            ownName = name
        case .pair(let number, let lid): try KnownPair(number: number, lid: lid).learn(in: database, session: session)
        case .tokenSalt(let salt): try database.privacyTokens.setSalt(salt, session: session)
        }
    }
}
