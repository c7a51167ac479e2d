import Glibc
import Logging
import Model
import NIOCore
import Store

/// Everything that lives in a running daemon, wired together: database threads, doorbell, supervisor, webhook sender, responder workers.
actor Household {
    typealias MakeSession = @Sendable (Int64, SessionEnvironment) -> any RunningSession

    private let executor: LoopExecutor
    private let loaded: LoadedConfiguration
    private let logger: Logger
    private let makeSession: MakeSession
    #if DEBUG
        private let killPoint = KillPoint.ofEnvironment()
    #endif
    private let messages: DatabaseThread
    private let slow: DatabaseThread
    private let resolver = NameResolver()
    private let files: MediaFiles
    private var doorbell: Doorbell?
    private var supervisor: Supervisor?
    private var webhooks: WebhookSender?
    private var upkeep: Upkeep?
    private var mail: OwnerMail?
    private var visit: CronVisit
    private let leave: @Sendable () -> Void
    private var workers: ResponderWorkers?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameter leave: ends the daemon in order; called when one that comes by cron has nothing left to do.
    init(
        _ loaded: LoadedConfiguration, executor: LoopExecutor, makeSession: @escaping MakeSession, logger: Logger,
        leave: @escaping @Sendable () -> Void
    ) {
        self.leave = leave
        visit = CronVisit(began: SystemClock.now())
        self.loaded = loaded
        self.executor = executor
        self.makeSession = makeSession
        self.logger = logger
        files = MediaFiles(loaded.configuration, on: executor)
        let settings = loaded.configuration.database
        let sealer = Sealer(key: loaded.configuration.secretKey)
        messages = DatabaseThread { try Database(settings, sealer: sealer) }
        slow = DatabaseThread { try Database(settings, sealer: sealer) }
    }

    /// Opens sockets and starts what runs. A database that does not answer is waited for, by everybody on their own.
    func open() async throws(ShellFailure) {
        let configuration = loaded.configuration
        let post = WebhookPost(on: executor, policy: AddressPolicy(configuration.fetchWebhookPrivate), resolver: resolver)
        let sender = WebhookSender(on: executor, database: slow, post: post, now: SystemClock.now, logger: logger, checkpoint: checkpoint)
        webhooks = sender
        let upkeep = Upkeep(on: executor, database: slow, files: files, now: SystemClock.now, logger: logger)
        self.upkeep = upkeep
        let mail = OwnerMail(
            on: executor, database: slow, configuration: configuration, directory: loaded.runDirectory, now: SystemClock.now, logger: logger)
        self.mail = mail
        let desk = DeskOfRows(database: messages, now: SystemClock.now)
        let doorbell = Doorbell(on: executor, desk: deskClosures(desk), logger: logger)
        self.doorbell = doorbell
        let environment = environment(sender: sender, doorbell: doorbell)
        let supervisor = Supervisor(
            on: executor, needs: { [messages] in try await messages.run { try $0.sessions.list().map(SessionNeed.init) } },
            make: { [makeSession] in makeSession($0, environment) }, swept: { [executor] in
                await sender.wake()
                executor.start {
                    await upkeep.swept()
                    await mail.swept()
                    await self.leaveWhenDone()
                }
            }, logger: logger)
        self.supervisor = supervisor
        do {
            try await doorbell.open(at: loaded.runDirectory.doorbell)
        } catch {
            throw .failed("can not listen at \(loaded.runDirectory.doorbell): \(error). Is the path longer than 100 characters?")
        }
        await startWorkers()
        executor.start { await supervisor.start() }
    }

    /// Ends everything in order: nobody is let in any more, sessions close, threads go.
    func close() async {
        await workers?.stop()
        await doorbell?.close(path: loaded.runDirectory.doorbell)
        await upkeep?.stop()
        await mail?.stop()
        await supervisor?.stop()
        await webhooks?.stop()
        resolver.stop()
        await files.client.stop()
        await files.fetcher.stop()
        await messages.close()
        await slow.close()
    }

    func childEnded() async {
        await workers?.childEnded()
        await mail?.childEnded()
    }

    /// With `daemon.mode` = cron, once nothing is left to do.
    private func leaveWhenDone() async {
        let now = SystemClock.now()
        let work = try? await slow.run { database in
            try database.settings.value("daemon.mode") == "cron" ? try database.openWork(now: now) : nil
        }
        guard let work, visit.isOver(work, at: now) else { return }
        logger.notice("nothing is left to do; the cron job starts the daemon again (daemon.mode = cron)")
        leave()
    }

    private func startWorkers() async {
        guard loaded.configuration.apiWorkers > 0, let own = try? ChildProcess.ownPath() else { return }
        let program = own.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/wa-connect-fcgi"
        guard access(program, X_OK) == 0 else { return logger.warning("no \(program): the API answers only where the web server starts it") }
        let workers = ResponderWorkers(
            on: executor, program: program, workers: loaded.configuration.apiWorkers, configuration: loaded.path,
            directory: loaded.runDirectory, logger: logger)
        self.workers = workers
        await workers.start()
    }

    private func deskClosures(_ desk: DeskOfRows) -> Doorbell.Desk {
        Doorbell.Desk(
            outboxRang: { [weak self] in await self?.supervisor?.outboxRang($0) },
            actionsRang: { [weak self] in await self?.supervisor?.actionsRang($0) },
            wishRang: { [weak self] in await self?.supervisor?.wishRang($0) },
            numbersRang: { [weak self] in await self?.supervisor?.numbersRang($0) ?? false },
            syncRang: { [weak self] in await self?.supervisor?.syncRang($0) ?? false },
            outboxIsDone: { await desk.outboxIsDone($0) }, wishIsAnswered: { await desk.wishIsAnswered($0, acted: $1) },
            webhooksRang: { [weak self] in await self?.webhooks?.wake() },
            actionIsDone: { await desk.actionIsDone($0) })
    }

    // MARK: Kill point

    private typealias Connect = @Sendable () async throws -> any Transport

    #if DEBUG
        private var checkpoint: @Sendable (Checkpoint) -> Void { { [killPoint] in killPoint?.pass($0) } }
        private func connecting(_ connect: @escaping Connect) -> Connect { killPoint?.watching(connect) ?? connect }
    #else
        private var checkpoint: @Sendable (Checkpoint) -> Void { { _ in } }
        private func connecting(_ connect: @escaping Connect) -> Connect { connect }
    #endif

    private func environment(sender: WebhookSender, doorbell: Doorbell) -> SessionEnvironment {
        let service = loaded.configuration.whatsApp
        let executor = executor
        return SessionEnvironment(
            configuration: loaded.configuration, database: messages, slow: slow, executor: executor, leaseOwner: LeaseOwner.make(),
            connect: connecting { try await WebSocketTransport.connect(to: service.url, caFile: service.caFile, on: executor.loop) },
            logger: logger, wakeWebhooks: { executor.start { await sender.wake() } },
            sessionChanged: { id in executor.start { await doorbell.sessionChanged(id) } },
            outboxChanged: { row in executor.start { await doorbell.outboxDone(row: row) } }, now: SystemClock.now,
            actionChanged: { row in executor.start { await doorbell.actionDone(row: row) } }, files: files,
            checkpoint: checkpoint)
    }
}

extension SessionNeed {
    init(_ row: SessionRow) { self.init(session: row.id, wish: row.wanted, status: row.status) }
}
