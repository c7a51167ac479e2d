import Logging
import Model
import NIOCore
import Store

/// Looks after the tables beside the daemon's real work: marks what an owner typed wrongly at every sweep, counts rows every two minutes, prunes once an hour.
actor Upkeep {
    /// Milliseconds between two rounds of pruning.
    static let interval: Int64 = 3_600_000
    /// Milliseconds between two rounds of counting. A row number that is older is not inserted any more: transactions end within seconds.
    static let counting: Int64 = 120_000

    private let executor: LoopExecutor
    private let database: DatabaseThread
    private let files: MediaFiles?
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    private var isWorking = false
    private var isStopping = false
    private var nextRound: Timestamp?
    private var nextCount: Timestamp?
    /// The greatest row numbers at the last round of counting.
    private var newest: [CountTable.Counted: Int64] = [:]

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameter files: nil leaves files alone.
    init(on executor: LoopExecutor, database: DatabaseThread, files: MediaFiles? = nil, now: @escaping @Sendable () -> Timestamp, logger: Logger) {
        self.executor = executor
        self.database = database
        self.files = files
        self.now = now
        self.logger = logger
    }

    /// At every sweep; returns when what was due is done. A failure waits for the next sweep.
    func swept() async {
        guard !isWorking, !isStopping else { return }
        isWorking = true
        defer { isWorking = false }
        do {
            try await database.run {
                try SettingCheck.mark(in: $0)
                try RowCheck.mark(in: $0)
                try $0.dateOwnerRows()
            }
            if nextCount.map({ $0 <= now() }) ?? true {
                try await count()
                nextCount = now().adding(milliseconds: Self.counting)
            }
            guard nextRound.map({ $0 <= now() }) ?? true else { return }
            try await prune()
            if let files { try await MediaClearing(files: files, database: database, now: now()).run { await self.isStopping } }
            try await Ceilings(database: database, files: files, now: now(), logger: logger).run { await self.isStopping }
            nextRound = now().adding(milliseconds: Self.interval)
        } catch {
            logger.debug("upkeep waits for the database: \(error)")
        }
    }

    func stop() { isStopping = true }

    /// Rows that were there at the last round are counted; one range of those that were is counted again, in case that somebody deleted rows by hand.
    private func count() async throws {
        for counted in CountTable.Counted.allCases {
            if let limit = newest[counted] {
                while !isStopping, try await database.run({ try $0.counts.countNext(counted, below: limit) }) {}
                let chance = Int64.random(in: 0 ... .max)
                try await database.run { try $0.counts.recount(counted, chance: chance, below: limit) }
            }
            newest[counted] = try await database.run { try $0.counts.newest(counted) }
        }
    }

    /// Every batch is a turn of its own on the thread, so that webhooks go in between.
    private func prune() async throws {
        let pruning = Pruning(now: now())
        for kind in Pruning.Kind.allCases {
            while !isStopping, try await database.transaction({ try pruning.step(kind, in: $0) }) {}
        }
    }
}
