import Glibc
import NIOCore
import NIOPosix
package import Logging

/// The daemon's Unix socket on which responders, commands and sites tell that rows were written, and wait for what becomes of them.
package actor Doorbell {
    /// What the doorbell needs to know and to tell; all of it leads to the supervisor and the database.
    package struct Desk: Sendable {
        package var outboxRang: @Sendable (_ session: Int64) async -> Void
        package var actionsRang: @Sendable (_ session: Int64) async -> Void
        package var wishRang: @Sendable (_ session: Int64) async -> Void
        /// Returns once the numbers that were to be asked for have their answers; false where WhatsApp could not be asked.
        package var numbersRang: @Sendable (_ session: Int64) async -> Bool
        /// Returns once names and groups are being fetched; false without a connection.
        package var syncRang: @Sendable (_ session: Int64) async -> Bool
        package var webhooksRang: @Sendable () async -> Void
        /// Whether the outbox row is sent or failed already; false where the database does not answer.
        package var outboxIsDone: @Sendable (_ row: Int64) async -> Bool
        /// Whether the session's row answers its wish. `acted` is false for the look before the session was told.
        package var wishIsAnswered: @Sendable (_ session: Int64, _ acted: Bool) async -> Bool
        /// Whether the row of `wa_actions` is done or failed already; false where the database does not answer.
        package var actionIsDone: @Sendable (_ row: Int64) async -> Bool

        package init(
            outboxRang: @escaping @Sendable (Int64) async -> Void, actionsRang: @escaping @Sendable (Int64) async -> Void = { _ in },
            wishRang: @escaping @Sendable (Int64) async -> Void,
            numbersRang: @escaping @Sendable (Int64) async -> Bool, syncRang: @escaping @Sendable (Int64) async -> Bool,
            outboxIsDone: @escaping @Sendable (Int64) async -> Bool, wishIsAnswered: @escaping @Sendable (Int64, Bool) async -> Bool,
            webhooksRang: @escaping @Sendable () async -> Void = {},
            actionIsDone: @escaping @Sendable (Int64) async -> Bool = { _ in false }
        ) {
            self.webhooksRang = webhooksRang
            self.outboxRang = outboxRang
            self.actionsRang = actionsRang
            self.wishRang = wishRang
            self.numbersRang = numbersRang
            self.syncRang = syncRang
            self.outboxIsDone = outboxIsDone
            self.wishIsAnswered = wishIsAnswered
            self.actionIsDone = actionIsDone
        }
    }

    /// Connections at a time; responders have few waiting slots, so more are a mistake or an attack.
    static let maxCallers = 128
    /// A caller's own deadline is 8 s; one that stays longer than this has forgotten us (`watch` is exempt).
    static let patience = TimeAmount.seconds(30)
    /// A row that was done before its caller rang is noticed after this; looking at once would cost every ring a query.
    static let lookAfter = TimeAmount.milliseconds(100)

    private let executor: LoopExecutor
    private let desk: Desk
    private let logger: Logger
    private var listener: (any Channel)?
    private var callers: [ObjectIdentifier: DoorbellCaller] = [:]
    private var outboxWaiters: [Int64: [DoorbellCaller]] = [:]
    private var actionWaiters: [Int64: [DoorbellCaller]] = [:]
    private var wishWaiters: [Int64: [DoorbellCaller]] = [:]
    private var watchers: [Int64: [DoorbellCaller]] = [:]

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    package init(on executor: LoopExecutor, desk: Desk, logger: Logger) {
        self.executor = executor
        self.desk = desk
        self.logger = logger
    }

    /// Listens at `path`, mode 0600; a socket that a dead daemon left is replaced. The caller holds the daemon's lock.
    package func open(at path: String) async throws {
        let temporary = path + ".new"
        unlink(temporary)
        let executor = executor
        let channel = try await ServerBootstrap(group: executor.loop)
            .childChannelInitializer { [weak self] channel in
                let doorbell = self
                return channel.eventLoop.makeCompletedFuture {
                    let handler = DoorbellLineHandler(
                        received: { caller, line in executor.start { await doorbell?.received(line, from: caller) } },
                        gone: { id in executor.start { await doorbell?.forget(id) } })
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .bind(unixDomainSocketPath: temporary).get()
        chmod(temporary, 0o600)
        rename(temporary, path)
        listener = channel
    }

    /// Closes the socket and hangs up on everybody.
    package func close(path: String) async {
        unlink(path)
        try? await listener?.close().get()
        callers.values.forEach { $0.hangUp() }
    }

    /// An outbox row was sent or failed.
    package func outboxDone(row: Int64) {
        for caller in outboxWaiters.removeValue(forKey: row) ?? [] { caller.answer("done \(row)") }
    }

    /// A row of `wa_actions` was done or failed.
    package func actionDone(row: Int64) {
        for caller in actionWaiters.removeValue(forKey: row) ?? [] { caller.answer("done \(row)") }
    }

    /// A session's row has changed.
    package func sessionChanged(_ session: Int64) async {
        watchers[session]?.forEach { $0.answer("changed") }
        guard wishWaiters[session] != nil, await desk.wishIsAnswered(session, true) else { return }
        for caller in wishWaiters.removeValue(forKey: session) ?? [] { caller.answer("done") }
    }

    private func received(_ text: String, from caller: DoorbellCaller) async {
        guard admit(caller) else { return await passOn(text) }
        guard let line = DoorbellLine(parsing: text) else { return caller.answer("error unknown line") }
        switch line {
        case .ping: caller.answer("pong \(getpid())")
        case .webhooks:
            caller.answer("done")
            await desk.webhooksRang()
        case .outbox(let session, let row):
            outboxWaiters[row, default: []].append(caller)
            limitPatience(caller) { await $0.lookForOutbox(row) }
            await desk.outboxRang(session)
        case .action(let session, let row):
            actionWaiters[row, default: []].append(caller)
            limitPatience(caller) { await $0.lookForAction(row) }
            await desk.actionsRang(session)
        case .session(let session):
            limitPatience(caller)
            if await desk.wishIsAnswered(session, false) {
                caller.answer("done")
                return await desk.wishRang(session)
            }
            wishWaiters[session, default: []].append(caller)
            await desk.wishRang(session)
        case .numbers(let session):
            limitPatience(caller)
            caller.answer(await desk.numbersRang(session) ? "done" : "failed")
        case .sync(let session):
            limitPatience(caller)
            caller.answer(await desk.syncRang(session) ? "done" : "failed")
        case .watch(let session):
            watchers[session, default: []].append(caller)
            caller.answer("changed")
        }
    }

    /// Somebody rang and did not wait: nobody is answered, but the news counts.
    private func passOn(_ text: String) async {
        switch DoorbellLine(parsing: text) {
        case .outbox(let session, _): await desk.outboxRang(session)
        case .action(let session, _): await desk.actionsRang(session)
        case .session(let session): await desk.wishRang(session)
        case .sync(let session): _ = await desk.syncRang(session)
        case .webhooks: await desk.webhooksRang()
        case .numbers, .watch, .ping, nil: break
        }
    }

    private func admit(_ caller: DoorbellCaller) -> Bool {
        let id = ObjectIdentifier(caller.channel)
        if callers[id] != nil { return true }
        guard caller.channel.isActive, callers.count < Self.maxCallers else {
            caller.hangUp()
            return false
        }
        callers[id] = caller
        return true
    }

    private func lookForOutbox(_ row: Int64) async {
        if outboxWaiters[row] != nil, await desk.outboxIsDone(row) { outboxDone(row: row) }
    }

    private func lookForAction(_ row: Int64) async {
        if actionWaiters[row] != nil, await desk.actionIsDone(row) { actionDone(row: row) }
    }

    private func limitPatience(_ caller: DoorbellCaller) {
        Self.after(Self.patience, while: caller) { caller.hangUp() }
    }

    /// - Parameter look: done once, where the caller still waits after a moment.
    private func limitPatience(_ caller: DoorbellCaller, _ look: @escaping @Sendable (Doorbell) async -> Void) {
        let executor = executor
        Self.after(Self.lookAfter, while: caller) { [weak self] in
            guard let self else { return }
            executor.start {
                await self.limitPatience(caller)
                await look(self)
            }
        }
    }

    /// Unless the caller has gone before.
    private static func after(_ time: TimeAmount, while caller: DoorbellCaller, _ work: @escaping @Sendable () -> Void) {
        let timer = caller.channel.eventLoop.scheduleTask(in: time, work)
        caller.channel.closeFuture.whenComplete { _ in timer.cancel() }
    }

    private func forget(_ id: ObjectIdentifier) {
        callers[id] = nil
        func remove(from waiters: inout [Int64: [DoorbellCaller]]) {
            for key in waiters.keys {
                waiters[key]?.removeAll { ObjectIdentifier($0.channel) == id }
                if waiters[key]?.isEmpty == true { waiters[key] = nil }
            }
        }
        remove(from: &outboxWaiters)
        remove(from: &actionWaiters)
        remove(from: &wishWaiters)
        remove(from: &watchers)
    }
}
