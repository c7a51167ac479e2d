import Model
import Store
import WhatsApp

/// Turns what the history tells into rows, a little at a time. Repetitions change nothing: a part that was interrupted begins again.
///
/// Lives on the thread of the slow database connection: neither unpacking nor storing holds anybody else up.
actor HistoryImport {
    /// Things of one transaction.
    private static let batch = 100
    /// Bytes of text of one transaction.
    private static let batchBytes = 256 << 10

    typealias Commit = @Sendable (@escaping @Sendable (Database) throws -> Void) async throws -> Void

    private let thread: DatabaseThread
    private let own: OwnAddresses
    private let session: Int64
    private let commit: Commit

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.unownedExecutor }

    init(on thread: DatabaseThread, own: OwnAddresses, session: Int64, commit: @escaping Commit) {
        self.thread = thread
        self.own = own
        self.session = session
        self.commit = commit
    }

    /// - Throws: `HistoryError` for what can not be read; errors of the database.
    func take(_ place: HistoryNotice.Place, file: HistorySource?) async throws {
        switch place {
        case .pairs(let pairs):
            for start in stride(from: 0, to: pairs.count, by: Self.batch) {
                try await store(pairs[start..<min(start + Self.batch, pairs.count)].map { .pair($0) })
            }
        case .inline(let bytes): try await take(HistorySource(bytes: bytes))
        case .file: if let file { try await take(file) }
        }
    }

    private func take(_ source: HistorySource) async throws {
        let reader = try HistoryReader { try source.read($0) }
        var items: [HistoryItem] = []
        var bytes = 0
        while let item = try reader.next() {
            items.append(item)
            if case .message(let message) = item { bytes += message.text?.utf8.count ?? 0 }
            guard items.count == Self.batch || bytes > Self.batchBytes else { continue }
            try await store(items)
            (items, bytes) = ([], 0)
        }
        if !items.isEmpty { try await store(items) }
    }

    private func store(_ items: [HistoryItem]) async throws {
        let (own, session) = (own, session)
        try await commit { database in try HistoryRows(database: database, own: own, session: session).store(items) }
    }
}
