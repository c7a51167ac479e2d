package import Logging
import Model
package import NIOCore

/// Keeps one ``RunningSession`` for every row that needs one, tells it about rings, and looks for rings that were lost.
package actor Supervisor {
    /// How often the rows are looked at without a ring: rows that a site inserts by SQL wait this long at most.
    package static let sweepInterval = TimeAmount.seconds(3)

    private struct Entry {
        let session: any RunningSession
        let task: Task<Void, Never>
        /// What the row wanted when the session was last told.
        var wish: SessionWish
    }

    private let executor: LoopExecutor
    private let needs: @Sendable () async throws -> [SessionNeed]
    private let make: @Sendable (Int64) -> any RunningSession
    private let swept: @Sendable () async -> Void
    private let logger: Logger
    private var running: [Int64: Entry] = [:]
    private var stopping = false
    private var timer: Scheduled<Void>?
    private var databaseFailed = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - needs: reads what every row wants.
    ///   - make: makes the session of a row; its `run()` is started by the supervisor.
    ///   - swept: called at every sweep, for others that look for lost rings.
    package init(
        on executor: LoopExecutor, needs: @escaping @Sendable () async throws -> [SessionNeed],
        make: @escaping @Sendable (Int64) -> any RunningSession, swept: @escaping @Sendable () async -> Void, logger: Logger
    ) {
        self.executor = executor
        self.needs = needs
        self.make = make
        self.swept = swept
        self.logger = logger
    }

    /// Sweeps now and from then on at every interval.
    package func start() async {
        await sweep()
        schedule()
    }

    /// Ends all sessions; returns when every `run()` has returned.
    package func stop() async {
        stopping = true
        timer?.cancel()
        let entries = running.values
        for entry in entries { executor.start { await entry.session.stop() } }
        for entry in entries { await entry.task.value }
    }

    /// The wish of a row was changed.
    package func wishRang(_ session: Int64) async {
        let known = running[session]?.session
        await look(telling: session)
        // A repeated wish is news too: connect after the QR has expired asks for another one.
        await known?.wishRang()
    }

    /// A row was stored in the outbox.
    package func outboxRang(_ session: Int64) async {
        if let entry = running[session] { return await entry.session.outboxRang() }
        await look()
    }

    /// A row was stored in `wa_actions`.
    package func actionsRang(_ session: Int64) async {
        if let entry = running[session] { return await entry.session.actionsRang() }
        await look()
    }

    /// Numbers are to be asked for.
    package func numbersRang(_ session: Int64) async -> Bool { await running[session]?.session.numbersRang() ?? false }

    /// Names and groups are to be fetched anew.
    package func syncRang(_ session: Int64) async -> Bool { await running[session]?.session.syncRang() ?? false }

    /// The ids of sessions that run now.
    package var runningSessions: Set<Int64> { Set(running.keys) }

    private func schedule() {
        guard !stopping else { return }
        timer = executor.loop.scheduleTask(in: Self.sweepInterval) { [executor] in
            executor.start {
                await self.sweep()
                await self.schedule()
            }
        }
    }

    private func sweep() async {
        await look()
        for entry in running.values {
            await entry.session.sweep()
        }
        await swept()
    }

    /// Starts what is needed and tells running sessions of wishes that changed without a ring.
    /// - Parameter told: a session that the caller tells itself.
    private func look(telling told: Int64? = nil) async {
        let rows: [SessionNeed]
        do {
            rows = try await needs()
            if databaseFailed { logger.notice("the database answers again") }
            databaseFailed = false
        } catch {
            // One line for an outage, however long it is.
            if !databaseFailed { logger.error("the database does not answer: \(error)") }
            databaseFailed = true
            return
        }
        for row in rows where !stopping {
            guard let entry = running[row.session] else {
                if row.mustRun { start(row.session, wish: row.wish) }
                continue
            }
            guard entry.wish != row.wish else { continue }
            running[row.session]?.wish = row.wish
            if row.session != told { await entry.session.wishRang() }
        }
    }

    private func start(_ id: Int64, wish: SessionWish) {
        let session = make(id)
        let task = executor.start {
            await session.run()
            await self.ended(id)
        }
        running[id] = Entry(session: session, task: task, wish: wish)
    }

    private func ended(_ id: Int64) {
        running[id] = nil
    }
}
